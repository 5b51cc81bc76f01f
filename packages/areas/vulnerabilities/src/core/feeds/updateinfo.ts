import { toInstant } from "./check-entry.ts";
import { BadEntry, type Conversion, type FeedEntry } from "./feed-entry.ts";
import { isKnownNotice, toNoticeRecord, type RpmPackage } from "./rpm-notice.ts";
import { xmlElements, type XmlElement } from "./xml-element.ts";

/** The `updateinfo.xml` of a package repository: Amazon, AlmaLinux, Rocky, Oracle, Fedora. */
export async function* readUpdateinfo({ chunks, asOf }: Conversion): AsyncGenerator<FeedEntry> {
  for await (const update of xmlElements(chunks, "update")) {
    const id = textOf(update, "id");
    if (id === "") throw new BadEntry(null, "holds an update without an id");
    if (update.attributes["type"] !== "security") continue;
    if (!isKnownNotice(id)) throw new BadEntry(`update ${id}`, "is of a distribution that is not known");
    const record = toNoticeRecord({ id, ...describe(update, asOf), packages: packagesOf(update) });
    if (record !== null) yield { place: `update ${id}`, record };
  }
}

function describe(update: XmlElement, asOf: string) {
  const references = childrenOf(update, "references").flatMap((list) => childrenOf(list, "reference"));
  const published = toInstant(childrenOf(update, "issued")[0]?.attributes["date"]);
  const modified = toInstant(childrenOf(update, "updated")[0]?.attributes["date"]) ?? published ?? asOf;
  const severity = textOf(update, "severity");
  const link = references.find(({ attributes }) => attributes["type"] === "self")?.attributes["href"];
  return {
    title: textOf(update, "title"),
    modified,
    cves: cvesOf(update, references),
    ...(published !== undefined && { published }),
    ...(severity !== "" && severity !== "None" && { severity }),
    ...(link !== undefined && { link }),
  };
}

/** Fedora names the flaws of an update only in its text and in the titles of its bugs. */
function cvesOf(update: XmlElement, references: readonly XmlElement[]): readonly string[] {
  const ids = references
    .filter(({ attributes }) => attributes["type"] === "cve")
    .map(({ attributes }) => attributes["id"] ?? "");
  const named = ids.filter((id) => /^CVE-\d{4}-\d{4,}$/.test(id));
  if (named.length > 0) return named;
  const texts = [
    textOf(update, "description"),
    textOf(update, "title"),
    ...references.map(({ attributes }) => attributes["title"] ?? ""),
  ];
  return texts.flatMap((text) => text.match(/\bCVE-\d{4}-\d{4,19}\b/g) ?? []).slice(0, 1_000);
}

function packagesOf(update: XmlElement): readonly RpmPackage[] {
  const collections = childrenOf(update, "pkglist").flatMap((list) => childrenOf(list, "collection"));
  return collections
    .flatMap((collection) => childrenOf(collection, "package"))
    .map(({ attributes }) => ({
      name: attributes["name"] ?? "",
      epoch: attributes["epoch"] ?? "",
      version: attributes["version"] ?? "",
      release: attributes["release"] ?? "",
    }))
    .filter(({ name, version }) => name !== "" && version !== "");
}

function childrenOf({ children }: XmlElement, name: string): readonly XmlElement[] {
  return children.filter((child) => child.name === name);
}

function textOf(element: XmlElement, name: string): string {
  return childrenOf(element, name)[0]?.text.trim() ?? "";
}
