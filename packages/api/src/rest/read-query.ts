/** Parameters that clients send twice and of which the first counts; all others collect their values. */
const firstWins: ReadonlySet<string> = new Set(["limit", "offset", "sort", "reverse", "search", "project"]);

/**
 * Reads a query string as integrations really send it: a second question mark instead of an ampersand, repeated
 * parameters, empty parameters, values percent-encoded twice. Repeated values are joined by commas.
 */
export function readQuery(search: string): Record<string, string> {
  const tidied = search.replace(/^\?+/, "").replaceAll(/\?(?=[A-Za-z_.]+=)/g, "&");
  const values: Record<string, string> = {};
  for (const [rawName, rawValue] of new URLSearchParams(tidied)) {
    const name = rawName.replace(/^\?+/, "");
    if (rawValue === "") continue;
    const value = decodedTwice(rawValue);
    const earlier = values[name];
    if (earlier === undefined) values[name] = value;
    else if (!firstWins.has(name)) values[name] = `${earlier},${value}`;
  }
  return values;
}

function decodedTwice(value: string): string {
  if (!/%2f|%3a/i.test(value)) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value; // a lone percent sign is part of the value
  }
}
