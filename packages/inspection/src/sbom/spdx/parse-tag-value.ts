import { notAnSbom, sbomOverLimit } from "../refuse-document.ts";

type Row = Record<string, unknown>;
type Sections = { head: Row; packages: Row[]; relationships: Row[]; licenses: Row[] };

/** Tags of a package and the fields that JSON documents have for them. */
const packageFields: ReadonlyMap<string, string> = new Map([
  ["SPDXID", "SPDXID"],
  ["PackageVersion", "versionInfo"],
  ["PackageFileName", "packageFileName"],
  ["PrimaryPackagePurpose", "primaryPackagePurpose"],
  ["PackageSourceInfo", "sourceInfo"],
  ["PackageSummary", "summary"],
  ["PackageComment", "comment"],
  ["PackageLicenseDeclared", "licenseDeclared"],
  ["PackageLicenseConcluded", "licenseConcluded"],
]);
const headFields: ReadonlyMap<string, string> = new Map([
  ["SPDXVersion", "spdxVersion"],
  ["DocumentName", "name"],
  ["DocumentComment", "comment"],
]);

const linesMax = 5_000_000;

/** Turns the tag-value form of SPDX 2 into what its JSON form would be, as far as packages are concerned. */
export function parseTagValue(text: string): unknown {
  const sections: Sections = { head: {}, packages: [], relationships: [], licenses: [] };
  let current: Row | null = sections.head;
  for (const [tag, value] of tagsOf(text)) current = take(tag, value, { sections, current });
  const { head, packages, relationships, licenses } = sections;
  return { ...head, packages, relationships, hasExtractedLicensingInfos: licenses };
}

/** Notes one tag; returns the section that the next tags belong to. */
function take(
  tag: string,
  value: string,
  { sections, current }: { sections: Sections; current: Row | null },
): Row | null {
  switch (tag) {
    case "PackageName":
      return begin(sections.packages, { name: value, externalRefs: [] });
    case "LicenseID":
      return begin(sections.licenses, { licenseId: value });
    case "FileName":
    case "SnippetSPDXID":
      return null;
    case "LicenseName":
      if (current !== null) current["name"] = value;
      return current;
    case "Relationship":
      sections.relationships.push(relationshipOf(value));
      return current;
    case "ExternalRef":
      addReference(current, value);
      return current;
    default: {
      const field = (current === sections.head ? headFields : packageFields).get(tag);
      if (field !== undefined && current !== null) current[field] = value;
      return current;
    }
  }
}

function begin(list: Row[], row: Row): Row {
  list.push(row);
  return row;
}

function relationshipOf(value: string): Row {
  const [spdxElementId, relationshipType, relatedSpdxElement] = value.split(/\s+/);
  return { spdxElementId, relationshipType, relatedSpdxElement };
}

function addReference(current: Row | null, value: string): void {
  const [, referenceType, referenceLocator] = value.split(/\s+/);
  const references = current?.["externalRefs"];
  if (Array.isArray(references)) references.push({ referenceType, referenceLocator });
}

/** Tags with their values; a value between `<text>` and `</text>` may have many lines. */
function* tagsOf(text: string): Generator<[tag: string, value: string]> {
  const lines = text.split("\n", linesMax + 1);
  if (lines.length > linesMax) throw sbomOverLimit(`it has more than ${linesMax} lines`);
  for (let at = 0; at < lines.length; at += 1) {
    const line = (lines[at] ?? "").trim();
    if (line === "" || line.startsWith("#")) continue;
    const colon = line.indexOf(":");
    if (colon <= 0) throw notAnSbom(`line ${at + 1} is no "Tag: value"`);
    const first = line.slice(colon + 1).trim();
    const last = first.startsWith("<text>") ? endOfText(lines, at) : at;
    const whole = [first, ...lines.slice(at + 1, last + 1)].join("\n");
    yield [line.slice(0, colon), whole.replace(/^<text>/, "").replace(/<\/text>[^]*$/, "")];
    at = last;
  }
}

/** The line in which a text ends that begins in line `at`. */
function endOfText(lines: readonly string[], at: number): number {
  for (let line = at; line < lines.length; line += 1) if (lines[line]?.includes("</text>") === true) return line;
  throw notAnSbom(`the <text> of line ${at + 1} has no end`);
}
