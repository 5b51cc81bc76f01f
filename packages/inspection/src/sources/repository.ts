import { basename } from "node:path";
import type { Inspection } from "../contract.ts";
import { inventoryOfFolder } from "../layers/merge-layers.ts";
import { defaultLimits } from "../limits.ts";
import { chooseLockfileReader } from "../lockfiles/choose-lockfile-reader.ts";
import { chooseManifestReader } from "../lockfiles/choose-manifest-reader.ts";
import { DeclaredFiles } from "./declared-files.ts";
import { fetchedFolders } from "./repository.data.ts";
import { walkFolder, type WalkOptions } from "./root-folder.ts";

const chooseDeclaredReader = (path: string) => chooseLockfileReader(path) ?? chooseManifestReader(path);

/** Inspects a checkout of source code: what its lock files declare, and where there is none. Links are never followed. */
export async function inspectRepository(root: string, options: WalkOptions = {}): Promise<Inspection> {
  const content = await walkFolder(root, options, {
    visitor: new DeclaredFiles(options.limits ?? defaultLimits, chooseDeclaredReader),
    isSkipped: (folder) => fetchedFolders.has(basename(folder)),
  });
  return { image: null, inventory: inventoryOfFolder(content) };
}
