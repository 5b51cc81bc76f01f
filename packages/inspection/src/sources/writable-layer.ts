import { createHash } from "node:crypto";
import { lstatSync, realpathSync } from "node:fs";
import type { Dirent } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { FileRecorder } from "../layers/file-recorder.ts";
import type { FileRecord, LayerContent } from "../layers/layer-result.ts";
import { defaultLimits } from "../limits.ts";
import type { InspectionLimits } from "../limits.ts";
import type { BodySink } from "../tar/walk-tar.ts";
import { RootWalk } from "./root-walk.ts";
import type { FileVisitor } from "./root-walk.ts";

const gib = 1024 * 1024 * 1024;

/** Tighter than those of an image: this is looked at while the container runs, again and again. */
export const writableLayerLimits: InspectionLimits = {
  ...defaultLimits,
  entriesMax: 500_000,
  recordsMax: 50_000,
  layerBytesMax: 8 * gib,
};

/** A look that takes longer ends, and says so. */
const lookMsMax = 30_000;
const foldersPerTurn = 200;

/** What a container has written over its image, and the folders that it did so in. */
export type WritableLayer = Readonly<{ content: LayerContent; folders: ReadonlySet<string> }>;
export type WritableLayerOptions = Readonly<{ limits?: InspectionLimits; msMax?: number }>;

/**
 * Reads the folder in which an overlay keeps what a container has written. Links are not followed. A device with the
 * number 0 is a deletion; whatever is called `.wh.…` is a file like others, since no kernel takes it for more.
 */
export async function readWritableLayer(root: string, options: WritableLayerOptions = {}): Promise<WritableLayer> {
  const { limits = writableLayerLimits } = options;
  const recorder = new FileRecorder(limits, { whiteouts: false });
  const folders = new Set<string>();
  const walk = openWalk(root, limits, { visitor: new LayerVisitor(realpathSync(root), recorder), folders });
  await walkToEnd(walk, recorder, options);
  const content = walk.finish();
  const unread = content.records.filter(isUnread);
  return {
    folders,
    content: {
      ...content,
      // What cannot be read says nothing about what became of the packages that the image's own file tells of.
      records: content.records.filter((record) => !isUnread(record)),
      warnings: [...content.warnings, ...unread.flatMap(({ problem }) => problem ?? [])],
    },
  };
}

/**
 * Changes when something changes that `readWritableLayer` would read, without reading it: names, sizes and times. Logs
 * and data that a container writes all the time do not change it.
 */
export async function printWritableLayer(root: string, options: WritableLayerOptions = {}): Promise<string> {
  const { limits = writableLayerLimits } = options;
  const recorder = new FileRecorder(limits, { whiteouts: false });
  const visitor = new PrintVisitor(realpathSync(root), recorder);
  const folders = new Set<string>();
  await walkToEnd(openWalk(root, limits, { visitor, folders }), recorder, options);
  const hash = createHash("sha256");
  for (const line of [...visitor.lines, ...folders].toSorted()) hash.update(`${line}\0`);
  return hash.digest("base64url");
}

type Walked = Readonly<{ visitor: FileVisitor; folders: Set<string> }>;

function openWalk(root: string, limits: InspectionLimits, { visitor, folders }: Walked): RootWalk {
  const isSkipped = (folder: string): boolean => {
    folders.add(folder);
    return false;
  };
  return new RootWalk(realpathSync(root), limits, { visitor, isSkipped });
}

async function walkToEnd(walk: RootWalk, recorder: FileRecorder, options: WritableLayerOptions): Promise<void> {
  const { limits = writableLayerLimits, msMax = lookMsMax } = options;
  const endsAtMs = performance.now() + msMax;
  for (let steps = 1; walk.next(); steps += 1) {
    if (walk.bytesRead > limits.layerBytesMax) {
      return recorder.note("layer-over-limit", `more than ${limits.layerBytesMax} bytes had to be read`);
    }
    if (performance.now() > endsAtMs) {
      return recorder.note("entries-over-limit", `reading took longer than ${msMax} ms`);
    }
    if (steps % foldersPerTurn === 0) await nextTurn();
  }
}

const isUnread = ({ content, problem }: FileRecord): boolean => content === null && problem !== undefined;

/** Shows a recorder the files of a writable layer, and how an overlay writes down deletions and links. */
class LayerVisitor implements FileVisitor {
  protected readonly root: string;
  protected readonly recorder: FileRecorder;

  constructor(root: string, recorder: FileRecorder) {
    this.root = root;
    this.recorder = recorder;
  }

  isInteresting(path: string): boolean {
    return this.recorder.isInteresting(path) && !this.#isOnlyMetadata(path);
  }

  canWait(path: string): boolean {
    return this.recorder.canWait(path) && !this.#isOnlyMetadata(path);
  }

  isStillWanted(path: string): boolean {
    return this.recorder.isStillWanted(path);
  }

  file(path: string, size: number): BodySink | null {
    return this.recorder.file(path, size);
  }

  note(...problem: Parameters<FileVisitor["note"]>): void {
    this.recorder.note(...problem);
  }

  finish(): LayerContent {
    return this.recorder.finish();
  }

  other(path: string, entry: Dirent): void {
    if (entry.isSymbolicLink()) this.recorder.link(path, ".");
    else if (entry.isCharacterDevice() && statusOf(this.root, path)?.rdev === 0) this.recorder.deleted(path);
  }

  /** An overlay may copy up owner and mode alone; such a file has a size and no content, which the image's has. */
  #isOnlyMetadata(path: string): boolean {
    const found = statusOf(this.root, path);
    return found !== undefined && found.size > 0 && found.blocks === 0;
  }
}

/** Takes down what can be seen from outside, and has nothing opened. */
class PrintVisitor extends LayerVisitor {
  readonly lines: string[] = [];

  override isInteresting(path: string): boolean {
    if (this.recorder.isInteresting(path) || this.recorder.canWait(path)) this.#take(path);
    return false;
  }

  override canWait(): boolean {
    return false;
  }

  override other(path: string, entry: Dirent): void {
    if (entry.isSymbolicLink() || entry.isCharacterDevice()) this.#take(path);
  }

  #take(path: string): void {
    const found = statusOf(this.root, path);
    if (found === undefined) return;
    const { mode, size, blocks, ino, rdev, mtimeMs, ctimeMs } = found;
    this.lines.push([path, mode, size, blocks, ino, rdev, mtimeMs, ctimeMs].join(" "));
  }
}

function statusOf(root: string, path: string) {
  return lstatSync(join(root, path), { throwIfNoEntry: false });
}
