import { constants } from "node:fs";
import type { Dirent } from "node:fs";
import { lstat, open, opendir, readlink, realpath, stat, statfs } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { messageOf, Refusal } from "@rampart/kernel";
import type { Inspection } from "../contract.ts";
import { FileRecorder } from "../layers/file-recorder.ts";
import { inventoryOfFolder } from "../layers/merge-layers.ts";
import type { MergeOptions } from "../layers/merge-layers.ts";
import { defaultLimits } from "../limits.ts";
import type { InspectionLimits } from "../limits.ts";
import type { BodySink } from "../tar/walk-tar.ts";
import { localFileSystems, skippedFolderEnding, skippedFolders } from "./root-folder.data.ts";
import type { OnProgress } from "./image-parts.ts";

export type RootFolderOptions = MergeOptions &
  Readonly<{
    limits?: InspectionLimits;
    onProgress?: OnProgress;
    signal?: AbortSignal;
    /** Folders, relative to the root, to pass over besides those that never hold packages of the system itself. */
    skip?: readonly string[];
  }>;

const readChunkBytes = 256 * 1024;
const reportEvery = 10_000;

/** Inspects a host (`/`) or an unpacked root file system. Links are never followed, so nothing outside is read. */
export async function inspectRootFolder(root: string, options: RootFolderOptions = {}): Promise<Inspection> {
  const found = await stat(root).catch(() => null);
  if (found === null || !found.isDirectory()) {
    throw new Refusal("not-found", "inspection.folder.not-found", `There is no folder "${root}".`);
  }
  const walk = new RootWalk(await realpath(root), options);
  await walk.folder("", found.dev, 0);
  return { image: null, inventory: inventoryOfFolder(walk.recorder.finish(), options) };
}

class RootWalk {
  readonly recorder: FileRecorder;
  readonly #root: string;
  readonly #options: RootFolderOptions;
  readonly #limits: InspectionLimits;
  readonly #skipped: ReadonlySet<string>;
  #entries = 0;
  #bytesRead = 0;

  constructor(root: string, options: RootFolderOptions) {
    this.#root = root;
    this.#options = options;
    this.#limits = options.limits ?? defaultLimits;
    this.#skipped = new Set([...skippedFolders, ...(options.skip ?? [])]);
    this.recorder = new FileRecorder(this.#limits);
  }

  async folder(path: string, device: number, depth: number): Promise<void> {
    if (depth > this.#limits.folderDepthMax) {
      return this.recorder.note("entries-over-limit", `${path} lies more than ${this.#limits.folderDepthMax} folders deep`);
    }
    try {
      const folder = await opendir(join(this.#root, path), { bufferSize: 256 });
      for await (const entry of folder) {
        if (!this.#count()) return;
        await this.#entry(entry, path === "" ? entry.name : `${path}/${entry.name}`, { device, depth });
      }
    } catch (error) {
      this.#options.signal?.throwIfAborted();
      this.recorder.note("folder-unreadable", `${path} could not be read: ${messageOf(error)}`);
    }
  }

  #count(): boolean {
    this.#options.signal?.throwIfAborted();
    this.#entries += 1;
    if (this.#entries % reportEvery === 0) {
      this.#options.onProgress?.({ layer: 1, layersTotal: 1, bytesRead: this.#bytesRead });
    }
    if (this.#entries <= this.#limits.entriesMax) return true;
    this.recorder.note("entries-over-limit", `more than ${this.#limits.entriesMax} files and folders`);
    return false;
  }

  async #entry(entry: Dirent, path: string, at: { device: number; depth: number }): Promise<void> {
    if (entry.isDirectory()) {
      const isSkipped = this.#skipped.has(path) || path.endsWith(skippedFolderEnding);
      const device = isSkipped ? null : await this.#deviceToEnter(path, at.device);
      if (device !== null) await this.folder(path, device, at.depth + 1);
    } else if (entry.isFile()) await this.#file(path);
  }

  /** Mounted disks belong to the host; kernel views, memory, network shares and containers' mounts do not. */
  async #deviceToEnter(path: string, device: number): Promise<number | null> {
    const whole = join(this.#root, path);
    const { dev } = await lstat(whole);
    if (dev === device) return dev;
    const { type } = await statfs(whole);
    return localFileSystems.has(type) ? dev : null;
  }

  async #file(path: string): Promise<void> {
    // The first look is by name alone: nearly no file is of interest, and none of those is ever opened.
    if (!this.recorder.isInteresting(path)) return;
    // A pipe put in the file's place would block for ever without O_NONBLOCK.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    try {
      await using file = await open(join(this.#root, path), flags);
      await this.#readOpened(file, path);
    } catch (error) {
      this.recorder.note("file-unreadable", `${path} could not be read: ${messageOf(error)}`);
    }
  }

  async #readOpened(file: FileHandle, path: string): Promise<void> {
    const found = await file.stat();
    if (!found.isFile()) return;
    // Between listing and opening, a folder on the way may have been exchanged for a link.
    const opened = await readlink(`/proc/self/fd/${file.fd}`).catch(() => null);
    if (opened !== null && opened !== join(this.#root, path)) {
      return this.recorder.note("link-outside-root", `${path} was exchanged for a link while it was read`);
    }
    const sink = this.recorder.file(path, found.size);
    if (sink !== null) await this.#copy(file, found.size, sink);
  }

  /** Reads exactly as many bytes as the file had when opened; one that shrinks meanwhile is an error. */
  async #copy(file: FileHandle, size: number, sink: BodySink): Promise<void> {
    for (let at = 0; at < size; ) {
      const length = Math.min(size - at, Math.max(readChunkBytes, size));
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, at);
      if (bytesRead === 0) throw new RangeError("it became shorter while it was read");
      sink.write(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    this.#bytesRead += size;
    sink.end();
  }
}
