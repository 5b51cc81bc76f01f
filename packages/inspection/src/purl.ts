/** Builds a package URL (package-url/purl-spec). Qualifiers that are empty are left out; the rest are sorted. */
export function buildPurl(parts: {
  type: string;
  namespace?: string;
  name: string;
  version: string;
  qualifiers?: Readonly<Record<string, string | undefined>>;
  subpath?: string;
}): string {
  const path = [parts.type, ...segmentsOf(parts.namespace), encode(parts.name)].join("/");
  const qualifiers = Object.entries(parts.qualifiers ?? {})
    .filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== "")
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${encode(value)}`);
  const version = parts.version === "" ? "" : `@${encode(parts.version)}`;
  const subpath = segmentsOf(parts.subpath).join("/");
  const query = qualifiers.length === 0 ? "" : `?${qualifiers.join("&")}`;
  return `pkg:${path}${version}${query}${subpath === "" ? "" : `#${subpath}`}`;
}

function segmentsOf(path = ""): string[] {
  return path
    .split("/")
    .filter((part) => part !== "")
    .map(encode);
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replaceAll(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%3A", ":");
}
