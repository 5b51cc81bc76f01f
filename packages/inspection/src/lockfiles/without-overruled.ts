import type { FileRecord } from "../layers/layer-result.ts";

/** Beside the file on the right, the one on the left is not what a tool goes by. */
const overrulers: Readonly<Record<string, string>> = {
  "package-lock.json": "npm-shrinkwrap.json",
  "bun.lockb": "bun.lock",
  // It keeps versions that are not built.
  "go.sum": "go.mod",
};

/** Leaves out files that a better one beside them overrules, if that one could be read. */
export function withoutOverruled(records: readonly FileRecord[]): FileRecord[] {
  const read = new Set(records.filter(({ content }) => content !== null).map(({ path }) => path));
  return records.filter(({ path }) => {
    const start = path.lastIndexOf("/") + 1;
    const name = path.slice(start);
    const better = Object.hasOwn(overrulers, name) ? overrulers[name] : undefined;
    return better === undefined || !read.has(path.slice(0, start) + better);
  });
}
