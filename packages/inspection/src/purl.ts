/** Builds a package URL (package-url/purl-spec). Qualifiers that are empty are left out; the rest are sorted. */
export function buildPurl(parts: {
  type: string;
  namespace?: string;
  name: string;
  version: string;
  qualifiers?: Readonly<Record<string, string | undefined>>;
}): string {
  const namespace = (parts.namespace ?? "")
    .split("/")
    .filter((part) => part !== "")
    .map(encode);
  const path = [parts.type, ...namespace, encode(parts.name)].join("/");
  const qualifiers = Object.entries(parts.qualifiers ?? {})
    .filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== "")
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${encode(value)}`);
  return `pkg:${path}@${encode(parts.version)}${qualifiers.length === 0 ? "" : `?${qualifiers.join("&")}`}`;
}

function encode(text: string): string {
  return encodeURIComponent(text)
    .replaceAll(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%3A", ":");
}
