import { realpath, stat } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Refusal } from "@rampart/kernel";
import type { Inspection } from "../contract.ts";
import { FileRecorder } from "../layers/file-recorder.ts";
import type { LayerContent } from "../layers/layer-result.ts";
import { inventoryOfFolder } from "../layers/merge-layers.ts";
import type { MergeOptions } from "../layers/merge-layers.ts";
import { defaultLimits } from "../limits.ts";
import type { InspectionLimits } from "../limits.ts";
import type { OnProgress } from "./image-parts.ts";
import { skippedFolderEnding, skippedFolders } from "./root-folder.data.ts";
import { RootWalk } from "./root-walk.ts";
import type { FileVisitor } from "./root-walk.ts";

export type RootFolderOptions = MergeOptions &
  Readonly<{
    limits?: InspectionLimits;
    onProgress?: OnProgress;
    signal?: AbortSignal;
    /** Folders, relative to the root, to pass over besides those that never hold packages of the system itself. */
    skip?: readonly string[];
  }>;

/** The walk blocks, because a call per file through the thread pool takes ten times as long; so it pauses this often. */
const foldersPerTurn = 200;

/** Inspects a host (`/`) or an unpacked root file system. Links are never followed, so nothing outside is read. */
export async function inspectRootFolder(root: string, options: RootFolderOptions = {}): Promise<Inspection> {
  const skipped = new Set([...skippedFolders, ...(options.skip ?? [])]);
  const content = await walkFolder(root, options, {
    visitor: new FileRecorder(options.limits ?? defaultLimits),
    isSkipped: (folder) => skipped.has(folder) || folder.endsWith(skippedFolderEnding),
  });
  return { image: null, inventory: inventoryOfFolder(content, options) };
}

export type WalkOptions = Pick<RootFolderOptions, "limits" | "onProgress" | "signal">;

/** Shows a visitor the files of a folder and of all folders in it, and gives what it made of them. */
export async function walkFolder(
  root: string,
  { limits = defaultLimits, onProgress, signal }: WalkOptions,
  shown: Readonly<{ visitor: FileVisitor; isSkipped(folder: string): boolean }>,
): Promise<LayerContent> {
  const found = await stat(root).catch(() => null);
  if (found === null || !found.isDirectory()) {
    throw new Refusal("not-found", "inspection.folder.not-found", `There is no folder "${root}".`);
  }
  const walk = new RootWalk(await realpath(root), limits, shown);
  for (let folders = 1; walk.next(); folders += 1) {
    if (folders % foldersPerTurn !== 0) continue;
    onProgress?.({ layer: 1, layersTotal: 1, bytesRead: walk.bytesRead });
    await nextTurn();
    signal?.throwIfAborted();
  }
  return walk.finish();
}
