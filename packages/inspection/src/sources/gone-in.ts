import { lstatSync } from "node:fs";
import { join } from "node:path";

type Seen = "folder" | "other" | "none";

/**
 * Those of the paths that are not in a root folder. No link is followed: what lies behind one counts as there. Nothing
 * counts as gone when the root itself is exchanged or gone at the end, as that of a container that stopped.
 */
export function goneIn(root: string, paths: readonly string[]): string[] {
  const mark = markOf(root);
  if (mark === null) return [];
  const seen = new Map<string, Seen>();
  const look = (path: string): Seen => {
    const known = seen.get(path) ?? statusOf(root, path);
    seen.set(path, known);
    return known;
  };
  const gone = paths.filter((path) => isGone(path, look));
  return markOf(root) === mark ? gone : [];
}

function isGone(path: string, look: (path: string) => Seen): boolean {
  for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
    const seen = look(path.slice(0, slash));
    if (seen !== "folder") return seen === "none";
  }
  return look(path) === "none";
}

function statusOf(root: string, path: string): Seen {
  try {
    const found = lstatSync(join(root, path), { throwIfNoEntry: false });
    if (found === undefined) return "none";
    return found.isDirectory() ? "folder" : "other";
  } catch {
    // What cannot be looked at is not known to be gone.
    return "other";
  }
}

function markOf(root: string): string | null {
  try {
    // The dot makes a link such as /proc/1/root be followed to the folder.
    const { dev, ino } = lstatSync(`${root}/.`);
    return `${dev} ${ino}`;
  } catch {
    return null;
  }
}
