import type { OsReleaseContent } from "../../layers/layer-result.ts";
import { printable } from "../../warnings.ts";
import { osReleaseOf } from "../distribution.ts";
import type { ListedComponent, ListedDocument } from "../listed-component.ts";
import { notAnSbom } from "../refuse-document.ts";
import { listOf } from "./list-of.ts";
import { SpdxDocument, SpdxLicense, SpdxPackage, SpdxRelationship } from "./package-schema.ts";
import { isOperatingSystem, purlOf, toListed } from "./to-listed.ts";
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
    ...sort(packages, { names, described: namesOfOthers(packages, relationships) }),
    unreadable,
    remarks: [
      ...remarkLines(comment ?? ""),
      ...(knownVersion.test(spdxVersion) ? [] : ["It is written in a version that is not understood fully"]),
    ],
  };
}

type Known = Readonly<{ names: ReadonlyMap<string, string>; described: ReadonlySet<string> }>;

function sort(
  packages: readonly SpdxPackage[],
  { names, described }: Known,
): { os: OsReleaseContent | null; components: ListedComponent[] } {
  let os: OsReleaseContent | null = null;
  const components: ListedComponent[] = [];
  for (const found of packages) {
    if (isOperatingSystem(found)) os ??= toRelease(found);
    else if (!described.has(found.SPDXID ?? "")) {
      const listed = toListed(found, names);
      if (listed !== null) components.push(listed);
    }
  }
  return { os, components };
}

function toRelease({ name, versionInfo, summary }: SpdxPackage): OsReleaseContent {
  return osReleaseOf(name, versionInfo ?? "", typeof summary === "string" && summary !== "" ? { name: summary } : {});
}

/** Entries that only stand for a copy of another entry, which has the package URL. */
function namesOfOthers(
  packages: readonly SpdxPackage[],
  relationships: readonly SpdxRelationship[],
): ReadonlySet<string> {
  const withPurl = new Set(packages.filter((found) => purlOf(found) !== null).map(({ SPDXID }) => SPDXID ?? ""));
  const copies = relationships.flatMap(({ spdxElementId, relatedSpdxElement, relationshipType }) => {
    if (relationshipType === "DESCENDANT_OF" && withPurl.has(relatedSpdxElement)) return [spdxElementId];
    return relationshipType === "ANCESTOR_OF" && withPurl.has(spdxElementId) ? [relatedSpdxElement] : [];
  });
  return new Set(copies.filter((id) => !withPurl.has(id)));
}
