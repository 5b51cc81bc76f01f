/** Parts `@scope/name@1.0.0` at the sign that is not the scope's. */
export function splitAtVersion(text: string): { name: string; version: string } | null {
  const at = text.indexOf("@", 1);
  return at === -1 ? null : { name: text.slice(0, at), version: text.slice(at + 1) };
}

/** The repository's own code: a folder of it, not a package of a registry. */
export function isOwnFolder(version: string): boolean {
  return /^(?:file|link|portal|workspace|root):/.test(version);
}

/** A commit, tag or address names no version. */
export function exactVersion(version: string): string | null {
  return /^v?\d/.test(version) ? version : null;
}
