import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  opendirSync,
  openSync,
  readlinkSync,
  readSync,
  statfsSync,
} from "node:fs";
import type { Dirent } from "node:fs";
import { join } from "node:path";
import { messageOf } from "@rampart/kernel";
import { FileRecorder } from "../layers/file-recorder.ts";
import type { LayerContent } from "../layers/layer-result.ts";
import type { InspectionLimits } from "../limits.ts";
import type { BodySink } from "../tar/walk-tar.ts";
import { localFileSystems, skippedFolderEnding, skippedFolders } from "./root-folder.data.ts";

type Folder = Readonly<{ path: string; device: number; depth: number }>;

const readChunkBytes = 256 * 1024;

/** Walks a root file system folder by folder without leaving it. */
export class RootWalk {
  readonly #root: string;
  readonly #limits: InspectionLimits;
  readonly #skipped: ReadonlySet<string>;
  readonly #recorder: FileRecorder;
  readonly #open: Folder[];
  #entries = 0;
  bytesRead = 0;

  /** `root` must be a real path, so that opened files can be compared with it. */
  constructor(root: string, limits: InspectionLimits, skip: readonly string[]) {
    this.#root = root;
    this.#limits = limits;
    this.#skipped = new Set([...skippedFolders, ...skip]);
    this.#recorder = new FileRecorder(limits);
    this.#open = [{ path: "", device: lstatSync(root).dev, depth: 0 }];
  }

  /** Walks one more folder; false when there is none left. */
  nextFolder(): boolean {
    const folder = this.#open.pop();
    if (folder === undefined) return false;
    try {
      this.#list(folder);
    } catch (error) {
      this.#recorder.note("folder-unreadable", `${folder.path} could not be read: ${messageOf(error)}`);
    }
    return true;
  }

  finish(): LayerContent {
    return this.#recorder.finish();
  }

  #list(folder: Folder): void {
    const listing = opendirSync(join(this.#root, folder.path), { bufferSize: 256 });
    try {
      for (let entry = listing.readSync(); entry !== null && this.#count(); entry = listing.readSync()) {
        this.#entry(entry, folder);
      }
    } finally {
      listing.closeSync();
    }
  }

  #count(): boolean {
    this.#entries += 1;
    if (this.#entries <= this.#limits.entriesMax) return true;
    this.#open.length = 0;
    this.#recorder.note("entries-over-limit", `more than ${this.#limits.entriesMax} files and folders`);
    return false;
  }

  #entry(entry: Dirent, folder: Folder): void {
    const path = folder.path === "" ? entry.name : `${folder.path}/${entry.name}`;
    if (entry.isDirectory()) this.#enter(path, folder);
    // By name alone: nearly no file is of interest, and none of those is ever opened.
    else if (entry.isFile() && this.#recorder.isInteresting(path)) this.#file(path);
  }

  #enter(path: string, { device, depth }: Folder): void {
    if (this.#skipped.has(path) || path.endsWith(skippedFolderEnding)) return;
    const entered = this.#deviceToEnter(join(this.#root, path), device);
    if (entered === null) return;
    if (depth < this.#limits.folderDepthMax) this.#open.push({ path, device: entered, depth: depth + 1 });
    else
      this.#recorder.note("entries-over-limit", `${path} lies more than ${this.#limits.folderDepthMax} folders deep`);
  }

  /** Mounted disks belong to the host; kernel views, memory, network shares and containers' mounts do not. */
  #deviceToEnter(whole: string, device: number): number | null {
    // A folder that has gone since it was listed is none.
    const found = lstatSync(whole, { throwIfNoEntry: false });
    if (found === undefined || found.dev === device) return found?.dev ?? null;
    return localFileSystems.has(statfsSync(whole).type) ? found.dev : null;
  }

  #file(path: string): void {
    // A pipe put in the file's place would block for ever without O_NONBLOCK.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    try {
      const file = openSync(join(this.#root, path), flags);
      try {
        this.#readOpened(file, path);
      } finally {
        closeSync(file);
      }
    } catch (error) {
      this.#recorder.note("file-unreadable", `${path} could not be read: ${messageOf(error)}`);
    }
  }

  #readOpened(file: number, path: string): void {
    const found = fstatSync(file);
    if (!found.isFile()) return;
    // Between listing and opening, a folder on the way may have been exchanged for a link.
    if (pathOfOpened(file) !== join(this.#root, path)) {
      this.#recorder.note("link-outside-root", `${path} was exchanged for a link while it was read`);
      return;
    }
    const sink = this.#recorder.file(path, found.size);
    if (sink !== null) this.#copy(file, found.size, sink);
  }

  /** Reads exactly as many bytes as the file had when it was opened; one that shrinks meanwhile is an error. */
  #copy(file: number, size: number, sink: BodySink): void {
    for (let at = 0; at < size;) {
      const piece = Buffer.allocUnsafe(Math.min(size - at, readChunkBytes));
      const bytesRead = readSync(file, piece, 0, piece.length, at);
      if (bytesRead === 0) throw new RangeError("it became shorter while it was read");
      sink.write(piece.subarray(0, bytesRead));
      at += bytesRead;
    }
    this.bytesRead += size;
    sink.end();
  }
}

function pathOfOpened(file: number): string {
  return readlinkSync(`/proc/self/fd/${file}`);
}
