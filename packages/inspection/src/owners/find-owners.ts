import { mayBeProgram } from "../readers/programs/program-path.ts";
import type { HeldRoot } from "./held-root.ts";
import { findOsOwners } from "./os-owners.ts";
import { findPythonRecords, pythonFolderOf } from "./python-records.ts";
import { recordsOf } from "./record-of.ts";
import { WantedPaths } from "./wanted-paths.ts";

/** A package: by its name when it is the distribution's, else by the file that tells an inventory of it. */
export type FileOwner = Readonly<{ is: "os"; name: string } | { is: "file"; path: string }>;

export type FoundOwners = Readonly<{
  /** Paths that nobody owns are left out. */
  owners: ReadonlyMap<string, readonly FileOwner[]>;
  /** What kept owners from being found; none then does not mean that there are none. */
  problems: readonly string[];
}>;

/** Folders of Python packages that are looked into for one root. */
const pythonFoldersMax = 32;

/** Says which packages own files, given as paths relative to the root. Databases are read piece by piece. */
export function findOwners(root: HeldRoot, paths: readonly string[]): FoundOwners {
  const wanted = new WantedPaths(paths);
  const problems = findOsOwners(root, wanted);
  const python = findPython(root, paths);
  if (root.isSpent) problems.push("its package databases are too large to be read whole");
  const owners = new Map<string, FileOwner[]>();
  for (const path of paths) {
    const names = [...(wanted.owners.get(path) ?? [])];
    const record = python.get(path);
    const files = new Set([
      ...recordsOf(path),
      ...(record === undefined ? [] : [record]),
      // What the distribution brought is listed as its package alone; any other program is a package of its own.
      ...(names.length === 0 && mayBeProgram(path) ? [path] : []),
    ]);
    const found = [
      ...names.map((name) => ({ is: "os", name }) as const),
      ...Array.from(files, (file) => ({ is: "file", path: file }) as const),
    ];
    if (found.length > 0) owners.set(path, found);
  }
  return { owners, problems };
}

function findPython(root: HeldRoot, paths: readonly string[]): ReadonlyMap<string, string> {
  const inFolders = Map.groupBy(paths, pythonFolderOf);
  inFolders.delete(null);
  const records = new Map<string, string>();
  for (const [folder, files] of [...inFolders].slice(0, pythonFoldersMax)) {
    if (folder === null) continue;
    for (const [path, record] of findPythonRecords(root, folder, files)) records.set(path, record);
  }
  return records;
}

export { HeldRoot, identityOf } from "./held-root.ts";
export { stampOfOs } from "./os-owners.ts";
