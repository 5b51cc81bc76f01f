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
import type { FileRecorder } from "../layers/file-recorder.ts";
import type { LayerContent } from "../layers/layer-result.ts";
import type { InspectionLimits } from "../limits.ts";
import type { BodySink } from "../tar/walk-tar.ts";
import { localFileSystems } from "./root-folder.data.ts";

/** Who is shown the files of a walk, and says which it wants: at once, or after all others, if still wanted then. */
export type FileVisitor = Pick<FileRecorder, "isInteresting" | "file" | "note" | "finish"> &
  Partial<Pick<FileRecorder, "canWait" | "isStillWanted">> &
  Readonly<{
    /** Told of what is neither file nor folder. */
    other?(path: string, entry: Dirent): void;
  }>;

type RootWalkOptions = Readonly<{ visitor: FileVisitor; isSkipped(folder: string): boolean }>;
type Folder = Readonly<{ path: string; device: number; depth: number }>;

const readChunkBytes = 256 * 1024;
/** Enough to see that a file is no program, as most turn out to be none. */
const firstChunkBytes = 4096;

/** Walks a folder tree without leaving it: a root file system, or a repository. */
export class RootWalk {
  readonly #root: string;
  readonly #limits: InspectionLimits;
  readonly #isSkipped: RootWalkOptions["isSkipped"];
  readonly #visitor: FileVisitor;
  readonly #open: Folder[];
  readonly #waiting: string[] = [];
  #entries = 0;
  bytesRead = 0;

  /** `root` must be a real path, so that opened files can be compared with it. */
  constructor(root: string, limits: InspectionLimits, { visitor, isSkipped }: RootWalkOptions) {
    this.#root = root;
    this.#limits = limits;
    this.#isSkipped = isSkipped;
    this.#visitor = visitor;
    this.#open = [{ path: "", device: lstatSync(root).dev, depth: 0 }];
  }

  /** Walks one more folder; when there is none left, looks into one more file that waited. False when all is done. */
  next(): boolean {
    const folder = this.#open.pop();
    if (folder === undefined) return this.#nextWaiting();
    try {
      this.#list(folder);
    } catch (error) {
      this.#visitor.note("folder-unreadable", `${folder.path} could not be read: ${messageOf(error)}`);
    }
    return true;
  }

  #nextWaiting(): boolean {
    const path = this.#waiting.pop();
    if (path === undefined) return false;
    if (this.#visitor.isStillWanted?.(path) === true) this.#file(path, firstChunkBytes);
    return true;
  }

  finish(): LayerContent {
    return this.#visitor.finish();
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
    this.#visitor.note("entries-over-limit", `more than ${this.#limits.entriesMax} files and folders`);
    return false;
  }

  #entry(entry: Dirent, folder: Folder): void {
    const path = folder.path === "" ? entry.name : `${folder.path}/${entry.name}`;
    if (entry.isDirectory()) this.#enter(path, folder);
    else if (!entry.isFile()) this.#visitor.other?.(path, entry);
    // By name alone: nearly no file is of interest, and none of the others is ever opened.
    else if (this.#visitor.isInteresting(path)) this.#file(path, readChunkBytes);
    else if (this.#visitor.canWait?.(path) === true) this.#keepWaiting(path);
  }

  #keepWaiting(path: string): void {
    if (this.#waiting.length < this.#limits.recordsMax) this.#waiting.push(path);
    else this.#visitor.note("records-over-limit", `more than ${this.#limits.recordsMax} files that may be programs`);
  }

  #enter(path: string, { device, depth }: Folder): void {
    if (this.#isSkipped(path)) return;
    const entered = this.#deviceToEnter(join(this.#root, path), device);
    if (entered === null) return;
    if (depth < this.#limits.folderDepthMax) this.#open.push({ path, device: entered, depth: depth + 1 });
    else this.#visitor.note("entries-over-limit", `${path} lies more than ${this.#limits.folderDepthMax} folders deep`);
  }

  /** Mounted disks belong to the host; kernel views, memory, network shares and containers' mounts do not. */
  #deviceToEnter(whole: string, device: number): number | null {
    // A folder that has gone since it was listed is none.
    const found = lstatSync(whole, { throwIfNoEntry: false });
    if (found === undefined || found.dev === device) return found?.dev ?? null;
    return localFileSystems.has(statfsSync(whole).type) ? found.dev : null;
  }

  #file(path: string, firstBytes: number): void {
    // A pipe put in the file's place would block for ever without O_NONBLOCK.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    try {
      const file = openSync(join(this.#root, path), flags);
      try {
        this.#readOpened(file, path, firstBytes);
      } finally {
        closeSync(file);
      }
    } catch (error) {
      // A file that has gone since it was listed is none.
      if (isMissing(error)) return;
      this.#visitor.note("file-unreadable", `${path} could not be read: ${messageOf(error)}`);
    }
  }

  #readOpened(file: number, path: string, firstBytes: number): void {
    const found = fstatSync(file);
    if (!found.isFile()) return;
    // Between listing and opening, a folder on the way may have been exchanged for a link.
    if (pathOfOpened(file) !== join(this.#root, path)) {
      this.#visitor.note("link-outside-root", `${path} was exchanged for a link while it was read`);
      return;
    }
    const sink = this.#visitor.file(path, found.size);
    if (sink !== null) this.#copy(file, { size: found.size, firstBytes }, sink);
  }

  /** Reads exactly as many bytes as the file had when it was opened; one that shrinks meanwhile is an error. */
  #copy(file: number, { size, firstBytes }: { size: number; firstBytes: number }, sink: BodySink): void {
    let at = 0;
    while (at < size) {
      const piece = Buffer.allocUnsafe(Math.min(size - at, at === 0 ? firstBytes : readChunkBytes));
      const bytesRead = readSync(file, piece, 0, piece.length, at);
      if (bytesRead === 0) throw new RangeError("it became shorter while it was read");
      sink.write(piece.subarray(0, bytesRead));
      this.bytesRead += bytesRead;
      at = Math.max(at + bytesRead, sink.skipTo?.() ?? 0);
    }
    sink.end();
  }
}

function pathOfOpened(file: number): string {
  return readlinkSync(`/proc/self/fd/${file}`);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
