/** Reads the `key=value` lines that Maven writes; escapes do not occur in group, artifact or version. */
export function readProperties(bytes: Buffer): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of bytes.toString("utf8").split("\n")) {
    const equals = line.indexOf("=");
    if (equals > 0) values.set(line.slice(0, equals).trim(), line.slice(equals + 1).trim());
  }
  return values;
}

/** Reads the main section of a jar's manifest, whose long lines go on after a leading space. */
export function readManifest(bytes: Buffer): Map<string, string> {
  const main = bytes.toString("utf8").replaceAll("\r\n", "\n").split("\n\n", 1)[0] ?? "";
  const values = new Map<string, string>();
  for (const line of main.replaceAll("\n ", "").split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) values.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return values;
}
