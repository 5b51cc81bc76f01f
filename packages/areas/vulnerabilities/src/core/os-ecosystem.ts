import { unsupportedEcosystem, type InventoryPackage, type OsRelease } from "@rampart/inspection/contract";
import { ecosystemKeyOf } from "./ecosystem-key.ts";

type Inspected = Readonly<{ os: OsRelease | null; packages: readonly Pick<InventoryPackage, "kind" | "ecosystem">[] }>;

/**
 * Under which name advisories know the distribution of a resource; null when it has neither a distribution nor system
 * packages. When no advisory of that name is loaded, a lack of findings must not look like an all-clear.
 */
export function osEcosystemOf({ os, packages }: Inspected): string | null {
  if (os !== null) return ecosystemKeyOf(os.ecosystem ?? unsupportedEcosystem(os.id));
  const system = packages.find(({ kind }) => kind === "os");
  return system === undefined ? null : ecosystemKeyOf(system.ecosystem);
}
