/**
 * The path of an entry relative to the root, without `.`, `..` or empty parts; null when it leads out of the root.
 * An absolute path counts from the root, as engines unpack it. Nothing is ever written under this name.
 */
export function toEntryPath(name: string): string | null {
  // Nearly all entries are plain already, and an image has hundreds of thousands of them.
  if (!needsWork(name)) return name;
  const parts: string[] = [];
  for (const part of name.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}

/** Where a symbolic link at `path` leads, relative to the root; null when it climbs out of it. */
export function resolveLink(path: string, target: string): string | null {
  if (target.startsWith("/")) return toEntryPath(target);
  const folder = path.lastIndexOf("/");
  return toEntryPath(folder === -1 ? target : `${path.slice(0, folder)}/${target}`);
}

function needsWork(name: string): boolean {
  const first = name.charCodeAt(0);
  const isPlainStart = first !== 0x2f && first !== 0x2e;
  return !isPlainStart || name.endsWith("/") || name.includes("//") || name.includes("/.") || name === "";
}
