import type { FileContent, FoundPackage } from "../layers/layer-result.ts";
import { keepFitting } from "../layers/layer-result.ts";
import { inventoryLimits } from "../limits.ts";

/** What a reader found in a file; null when it is nothing that an inventory could carry. */
export function foundPackages(found: readonly FoundPackage[]): FileContent | null {
  const { packages } = keepFitting(found);
  return packages.length === 0 ? null : { is: "packages", packages };
}

/** Licences as a manifest states them, made to fit; nothing when it states none. */
export function statedLicenses(licenses: readonly string[]): Pick<FoundPackage, "licenses"> {
  const stated = licenses.filter((license) => license !== "").slice(0, inventoryLimits.licensesMax);
  return stated.length === 0 ? {} : { licenses: stated.map((text) => text.slice(0, inventoryLimits.licenseLengthMax)) };
}
