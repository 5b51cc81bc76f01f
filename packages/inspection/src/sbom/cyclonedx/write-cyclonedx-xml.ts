import type { SbomOrigin, SbomSubject } from "../sbom-subject.ts";
import { cycloneDxComponents, cycloneDxHead } from "./write-cyclonedx.ts";

/** What components and heads are made of; other values do not occur in them. */
type Json = string | number | boolean | readonly Json[] | Readonly<{ [key: string]: Json }>;

/** Members that XML carries as attributes. */
const attributes: ReadonlySet<string> = new Set(["type", "bom-ref", "mime-type"]);

/** The element of one entry of a list. */
const entryNames: Readonly<Record<string, string>> = {
  components: "component",
  compositions: "composition",
  occurrences: "occurrence",
};

/** The same document as in JSON, in the XML form of CycloneDX 1.6. */
export function* writeCycloneDxXml(subject: SbomSubject, origin: SbomOrigin): Generator<string> {
  const { metadata, compositions, serialNumber, version } = cycloneDxHead(subject, origin);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<bom xmlns="http://cyclonedx.org/schema/bom/1.6" serialNumber="${serialNumber}" version="${version}">\n`;
  yield ` ${element("metadata", asJson(metadata))}\n <components>\n`;
  for (const component of cycloneDxComponents(subject)) yield `  ${element("component", asJson(component))}\n`;
  yield ` </components>\n ${element("compositions", asJson(compositions))}\n</bom>\n`;
}

/** What the writers make is plain JSON; this only says so to the compiler. */
function asJson(value: object): Json {
  return value as Json;
}

function element(name: string, value: Json): string {
  if (isList(value)) return `<${name}>${value.map((entry) => listEntry(name, entry)).join("")}</${name}>`;
  if (!isRecord(value)) return `<${name}>${textOf(value)}</${name}>`;
  const members = Object.entries(value);
  const within = members.filter(([key]) => attributes.has(key)).map(([key, text]) => ` ${key}="${textOf(text)}"`);
  const children = members.filter(([key]) => !attributes.has(key)).map(([key, child]) => element(key, child));
  return `<${name}${within.join("")}>${children.join("")}</${name}>`;
}

/** Some lists are written otherwise than the rest of the format. */
function listEntry(list: string, entry: Json): string {
  if (list === "properties" && isRecord(entry)) {
    return `<property name="${textOf(entry["name"])}">${textOf(entry["value"])}</property>`;
  }
  if (list === "licenses" && isRecord(entry)) return element("license", entry["license"] ?? {});
  if (list === "assemblies") return `<assembly ref="${textOf(entry)}"/>`;
  return element(entryNames[list] ?? "item", entry);
}

/** Of a value that has no members; the writers put nothing else where text belongs. */
function textOf(value: Json | undefined): string {
  return typeof value === "object" || value === undefined ? "" : escape(String(value));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isRecord(value: Json): value is Readonly<{ [key: string]: Json }> {
  return typeof value === "object" && !isList(value);
}

/** Characters that XML cannot carry even when escaped become the replacement character. */
function escape(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
