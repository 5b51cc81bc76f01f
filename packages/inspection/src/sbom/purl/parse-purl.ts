import { buildPurl } from "../../purl.ts";
import { purlTypes, type PurlTypeRule } from "./purl-types.data.ts";

/** A package URL in its parts, in the one spelling that its type has. Absent parts are empty. */
export type Purl = Readonly<{
  type: string;
  namespace: string;
  name: string;
  version: string;
  qualifiers: Readonly<Record<string, string>>;
  subpath: string;
}>;

/** Longer ones name nothing that exists. */
const lengthMax = 8_192;

/** Reads a package URL (package-url/purl-spec); null when it is none. */
export function parsePurl(text: string): Purl | null {
  if (text.length > lengthMax) return null;
  try {
    return toPurl(splitPurl(text));
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** The canonical text of a package URL; null when its parts make none. */
export function formatPurl(parts: Purl): string | null {
  const purl = toPurl(parts);
  return purl === null ? null : buildPurl(purl);
}

const typePattern = /^[a-z][a-z0-9.-]*$/;
const keyPattern = /^[a-z][a-z0-9._-]*$/;

function splitPurl(text: string): Purl | null {
  const [beforeHash, subpath] = splitLast(text, "#");
  const [whole, query] = splitLast(beforeHash, "?");
  const colon = whole.indexOf(":");
  if (colon === -1 || whole.slice(0, colon).toLowerCase() !== "pkg") return null;
  const path = whole.slice(colon + 1).replace(/^\/+/, "");
  const slash = path.indexOf("/");
  const qualifiers = readQualifiers(query);
  if (slash === -1 || qualifiers === null) return null;
  const [named, version] = splitVersion(path.slice(slash + 1));
  const segments = segmentsOf(named);
  return {
    type: path.slice(0, slash),
    namespace: segments.slice(0, -1).join("/"),
    name: segments.at(-1) ?? "",
    version: decodeURIComponent(version),
    qualifiers,
    subpath: segmentsOf(subpath)
      .filter((part) => part !== "." && part !== "..")
      .join("/"),
  };
}

/** An `@` that begins a segment before the last belongs to it: many write the scope of an npm package so. */
function splitVersion(path: string): [named: string, version: string] {
  const at = path.lastIndexOf("@");
  const isScope = (at === 0 || path[at - 1] === "/") && path.includes("/", at);
  if (at === -1 || isScope) return [path, ""];
  // A name that is missing is no reason to take the segment before it.
  const named = at === 0 || path[at - 1] === "/" ? "" : path.slice(0, at);
  return [named, path.slice(at + 1)];
}

function splitLast(text: string, separator: string): [string, string] {
  const at = text.lastIndexOf(separator);
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function segmentsOf(path: string): string[] {
  return path
    .split("/")
    .filter((part) => part !== "")
    .map(decodeURIComponent);
}

function readQualifiers(query: string): Record<string, string> | null {
  const qualifiers: Record<string, string> = Object.create(null) as Record<string, string>; // no key of a prototype
  for (const pair of query.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    if (equals === -1) return null;
    qualifiers[pair.slice(0, equals).toLowerCase()] = decodeURIComponent(pair.slice(equals + 1));
  }
  return qualifiers;
}

function toPurl(split: Purl | null): Purl | null {
  if (split === null) return null;
  const type = split.type.toLowerCase();
  const rule = purlTypes.get(type) ?? {};
  const cased = (part: "namespace" | "name" | "version") =>
    rule.lowerCase?.includes(part) === true ? split[part].toLowerCase() : split[part];
  const purl: Purl = {
    type,
    namespace: cased("namespace"),
    name: rule.spell?.(cased("name"), split.qualifiers) ?? cased("name"),
    version: cased("version"),
    qualifiers: split.qualifiers,
    subpath: split.subpath,
  };
  return isPurl(purl) ? purl : null;
}

function isPurl(purl: Purl): boolean {
  const { type, name, qualifiers } = purl;
  if (name === "" || !typePattern.test(type)) return false;
  return Object.keys(qualifiers).every((key) => keyPattern.test(key)) && obeys(purl, purlTypes.get(type) ?? {});
}

function obeys({ namespace, name, version, qualifiers }: Purl, rule: PurlTypeRule): boolean {
  if (rule.namespace !== undefined && (rule.namespace === "required") === (namespace === "")) return false;
  if (rule.needs !== undefined && (qualifiers[rule.needs] ?? "") === "") return false;
  return rule.isName?.test(name) !== false && (version === "" || rule.isVersion?.test(version) !== false);
}
