import type { FileRecord } from "../layers/layer-result.ts";
import { manifests } from "./manifests.data.ts";

/** Beside the file on the right, the one on the left is not what a tool goes by. */
const overrulers: Readonly<Record<string, string>> = {
  "package-lock.json": "npm-shrinkwrap.json",
  "bun.lockb": "bun.lock",
  // It keeps versions that are not built.
  "go.sum": "go.mod",
};

/** Leaves out files that a better one overrules: a lock file by one beside it, a manifest by one beside or above it. */
export function withoutOverruled(records: readonly FileRecord[]): FileRecord[] {
  const present = new Set(records.map(({ path }) => path));
  const read = new Set(records.filter(({ content }) => content !== null).map(({ path }) => path));
  return records.filter(({ path }) => {
    const start = path.lastIndexOf("/") + 1;
    const name = path.slice(start);
    const better = Object.hasOwn(overrulers, name) ? overrulers[name] : undefined;
    if (better !== undefined && read.has(path.slice(0, start) + better)) return false;
    const locks = manifests.find((manifest) => manifest.name.test(name))?.locks ?? [];
    // A damaged lock file has a problem of its own.
    return !foldersFrom(path.slice(0, start)).some((folder) => locks.some((lock) => present.has(folder + lock)));
  });
}

/** `a/b/`, then `a/`, then the root. */
function foldersFrom(folder: string): string[] {
  const folders = [folder];
  for (let rest = folder; rest !== "";) {
    rest = rest.slice(0, rest.lastIndexOf("/", rest.length - 2) + 1);
    folders.push(rest);
  }
  return folders;
}
