import type { OsReleaseContent } from "../../layers/layer-result.ts";
import { printable } from "../../warnings.ts";
import { osReleaseOf } from "../distribution.ts";
import type { ListedComponent, ListedDocument } from "../listed-component.ts";
import { notAnSbom } from "../refuse-document.ts";
import { listOf } from "./list-of.ts";
import { SpdxDocument, SpdxLicense, SpdxPackage, SpdxRelationship } from "./package-schema.ts";
import { isOperatingSystem, purlOf, toListed, versionOf } from "./to-listed.ts";
import { remarkLines } from "./remarks.ts";

const knownVersion = /^SPDX-2\.[0-3]$/;

/** Reads SPDX 2, once its JSON or tag-value text has been parsed. A package that makes no sense costs only itself. */
export function readSpdx(json: unknown): ListedDocument {
  const parsed = SpdxDocument.safeParse(json);
  if (!parsed.success) throw notAnSbom("its SPDX head is damaged");
  const { spdxVersion, name, comment, ...lists } = parsed.data;
  const unreadable: string[] = [];
  const packages = listOf(lists.packages, SpdxPackage, unreadable);
  const licenses = listOf(lists.hasExtractedLicensingInfos, SpdxLicense, unreadable);
  const relationships = listOf(lists.relationships, SpdxRelationship, unreadable);
  const names = new Map(licenses.map((license) => [license.licenseId, license.name ?? license.licenseId]));
  return {
    format: printable(spdxVersion, 32),
    subject: name ?? "",
    ...sort(packages, { names, passed: passedOver(packages, relationships) }),
    unreadable,
    remarks: [
      ...remarkLines(comment ?? ""),
      ...(knownVersion.test(spdxVersion) ? [] : ["It is written in a version that is not understood fully"]),
    ],
  };
}

type Known = Readonly<{ names: ReadonlyMap<string, string>; passed: ReadonlySet<string> }>;

function sort(
  packages: readonly SpdxPackage[],
  { names, passed }: Known,
): { os: OsReleaseContent | null; components: ListedComponent[] } {
  let os: OsReleaseContent | null = null;
  const components: ListedComponent[] = [];
  for (const found of packages) {
    if (isOperatingSystem(found)) os ??= toRelease(found);
    else if (!passed.has(found.SPDXID ?? "")) {
      const listed = toListed(found, names);
      if (listed !== null) components.push(listed);
    }
  }
  return { os, components };
}

function toRelease({ name, versionInfo, summary }: SpdxPackage): OsReleaseContent {
  return osReleaseOf(name, versionInfo ?? "", typeof summary === "string" && summary !== "" ? { name: summary } : {});
}

/** Entries that only stand for a copy of another, which has the package URL, and what the document is about. */
function passedOver(packages: readonly SpdxPackage[], relationships: readonly SpdxRelationship[]): ReadonlySet<string> {
  const named = packages.filter((found) => purlOf(found) !== null || versionOf(found) !== "");
  const isNamed = new Set(named.map(({ SPDXID }) => SPDXID ?? ""));
  const passed = relationships.flatMap(({ spdxElementId, relatedSpdxElement, relationshipType }) => {
    switch (relationshipType) {
      case "DESCRIBES":
        return [relatedSpdxElement];
      case "DESCENDANT_OF":
        return isNamed.has(relatedSpdxElement) ? [spdxElementId] : [];
      case "ANCESTOR_OF":
        return isNamed.has(spdxElementId) ? [relatedSpdxElement] : [];
      default:
        return [];
    }
  });
  return new Set(passed.filter((id) => !isNamed.has(id)));
}
