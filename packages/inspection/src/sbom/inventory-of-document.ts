import { type Inventory, type InventoryPackage, type InventoryWarning, warningCodes } from "../contract.ts";
import type { OsReleaseContent } from "../layers/layer-result.ts";
import { inventoryLimits } from "../limits.ts";
import { warning } from "../warnings.ts";
import { toOsRelease } from "./distribution.ts";
import type { ListedComponent, ListedDocument } from "./listed-component.ts";
import { packageOfComponent } from "./package-of-component.ts";

type Sorted = {
  packages: Map<string, InventoryPackage>;
  unknown: string[];
  unjudged: string[];
  releases: OsReleaseContent[];
};

/** What a bill of materials says is installed. Whatever it names and nobody could judge is a warning. */
export function inventoryOfDocument(document: ListedDocument): Inventory {
  const sorted = sortComponents(document);
  const release = document.os ?? mostNamed(sorted.releases);
  const os = release === null ? null : toOsRelease(release);
  const packages = [...sorted.packages.values()];
  const hasOsPackages = packages.some(({ kind }) => kind === "os");
  const warnings = [
    ...document.remarks.map(toRemark),
    ...(packages.length === 0 ? [warning("document-incomplete", "The document lists no package")] : []),
    ...(packages.length > inventoryLimits.packagesMax
      ? [
          warning(
            "packages-over-limit",
            `${packages.length} packages, of which ${inventoryLimits.packagesMax} are listed`,
          ),
        ]
      : []),
    ...told("component-unreadable", document.unreadable, "could not be read"),
    ...told("component-unknown", sorted.unknown, "have no usable name and version"),
    ...told("component-unknown", sorted.unjudged, "name no package of a registry with advisories: listed, not judged"),
    ...(os === null && hasOsPackages
      ? [warning("os-unknown", "The document does not say which distribution its packages are of")]
      : []),
    ...(os !== null && os.ecosystem === null
      ? [warning("os-unsupported", `No advisories are available for ${os.name}: its packages are listed, not judged`)]
      : []),
  ];
  return {
    os,
    packages: packages.slice(0, inventoryLimits.packagesMax),
    layers: [],
    warnings: warnings.slice(0, inventoryLimits.warningsMax),
  };
}

function sortComponents({ components, os }: ListedDocument): Sorted {
  const sorted: Sorted = { packages: new Map(), unknown: [], unjudged: [], releases: [] };
  for (const listed of components) {
    const understood = packageOfComponent(listed, os);
    if (understood === "nothing") continue;
    if (understood === "unknown") {
      sorted.unknown.push(labelOf(listed));
      continue;
    }
    const { found, judged, distribution } = understood;
    if (!judged && found.kind !== "os") sorted.unjudged.push(labelOf(listed));
    if (distribution !== null) sorted.releases.push(distribution);
    sorted.packages.set([found.purl, found.name, found.version, found.path ?? ""].join("\u0000"), found);
  }
  return sorted;
}

/** Documents without an entry for the distribution still name it in nearly every package. */
function mostNamed(releases: readonly OsReleaseContent[]): OsReleaseContent | null {
  const groups = [...Map.groupBy(releases, ({ id, versionId }) => `${id} ${versionId}`).values()];
  return groups.toSorted((left, right) => right.length - left.length)[0]?.[0] ?? null;
}

function labelOf({ name, version, purl }: ListedComponent): string {
  return purl ?? (version === "" ? name : `${name} ${version}`);
}

const namedMax = 5;

function told(
  code: "component-unreadable" | "component-unknown",
  labels: readonly string[],
  what: string,
): InventoryWarning[] {
  if (labels.length === 0) return [];
  const named = labels.slice(0, namedMax).map((label) => label.slice(0, 60));
  const rest = labels.length > namedMax ? ` and ${labels.length - namedMax} more` : "";
  return [warning(code, `${labels.length} components ${what}: ${named.join(", ")}${rest}`)];
}

/** Warnings of an inventory that was written as a bill of materials come back as what they were. */
function toRemark(remark: string): InventoryWarning {
  const code = warningCodes.find((known) => remark.startsWith(`${known}: `));
  return code === undefined ? warning("document-incomplete", remark) : warning(code, remark.slice(code.length + 2));
}
