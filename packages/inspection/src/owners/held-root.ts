import { closeSync, constants, fstatSync, openSync, opendirSync, readlinkSync, readSync, statSync } from "node:fs";
import { posix } from "node:path";
import { linesOf } from "./lines-of.ts";

/** Names a file without opening it, which a device would notice; Node has no constant for it. */
const namedOnly = 0o10000000;
/** Most names of one folder that are listed; a Debian with every package has about 200,000 files in its largest. */
const namesMax = 250_000;
/** All that is read of one root: file lists of a Debian with every package have 60 MiB, the largest rpm database 190. */
const bytesMax = 256 * 1024 * 1024;

/**
 * A root folder, held open: whatever happens to its name or to the process that had it, all reading goes to the same
 * place. Nothing outside can be reached, because each step is taken from an open folder and no link is followed.
 */
export class HeldRoot {
  readonly #folder: number;
  #bytesLeft = bytesMax;
  /** Tells two roots apart, and one root under two names as one. */
  readonly identity: string;

  private constructor(folder: number) {
    this.#folder = folder;
    const { dev, ino } = fstatSync(folder);
    this.identity = `${dev}:${ino}`;
  }

  /** Null when there is no such folder, or none that may be looked into. */
  static open(folder: string): HeldRoot | null {
    try {
      return new HeldRoot(openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NONBLOCK));
    } catch {
      return null;
    }
  }

  close(): void {
    closeSync(this.#folder);
  }

  /** A regular file opened for reading, to be closed by whoever asked; null when there is none at that path. */
  openFile(path: string): number | null {
    return this.#at(path, (named) => {
      if (!fstatSync(named).isFile()) return null;
      return openSync(pathOf(named), constants.O_RDONLY | constants.O_NONBLOCK);
    });
  }

  /** True when nothing more is read, so that what was found may not be all. */
  get isSpent(): boolean {
    return this.#bytesLeft <= 0;
  }

  /** Lines of a file, one letter a byte; none when there is no such file. */
  *readLines(path: string): Generator<string> {
    const file = this.openFile(path);
    if (file === null) return;
    try {
      yield* linesOf(file, (wanted) => this.#spend(wanted));
    } finally {
      closeSync(file);
    }
  }

  /** The whole of a file; null when there is none, "too-large" beyond what may be read. */
  readFile(path: string): Buffer | "too-large" | null {
    const file = this.openFile(path);
    if (file === null) return null;
    try {
      const { size } = fstatSync(file);
      if (this.#spend(size) < size) return "too-large";
      const bytes = Buffer.allocUnsafe(size);
      let at = 0;
      for (let read = -1; at < size && read !== 0; at += read) read = readSync(file, bytes, at, size - at, at);
      return bytes.subarray(0, at);
    } finally {
      closeSync(file);
    }
  }

  /** Names in a folder; none when there is no such folder. */
  listNames(path: string): string[] {
    const names = this.#at(path, (named) => {
      if (!fstatSync(named).isDirectory()) return null;
      const listing = opendirSync(pathOf(named), { bufferSize: 256 });
      try {
        const found: string[] = [];
        for (let entry = listing.readSync(); entry !== null && found.length < namesMax; entry = listing.readSync()) {
          found.push(entry.name);
        }
        return found;
      } finally {
        listing.closeSync();
      }
    });
    return names ?? [];
  }

  /** Changes when the file or folder does; empty when there is none. */
  stampOf(path: string): string {
    const stamp = this.#at(path, (named) => {
      const { ino, size, mtimeMs } = fstatSync(named);
      return `${ino}:${size}:${mtimeMs}`;
    });
    return stamp ?? "";
  }

  /** What a link leads to, as a path below the root; a path that is no link leads to itself. */
  targetOf(path: string): string {
    const folder = posix.dirname(path);
    const read = (named: number): string => readlinkSync(`${pathOf(named)}/${posix.basename(path)}`);
    const target = folder === "." ? null : this.#at(folder, read);
    return target === null ? path : posix.resolve("/", folder, target).slice(1);
  }

  /** How many of the wanted bytes may be read. */
  #spend(wanted: number): number {
    const granted = Math.min(wanted, Math.max(0, this.#bytesLeft));
    this.#bytesLeft -= wanted;
    return granted;
  }

  /** Walks to a path step by step, and shows what is there without having opened it. */
  #at<Answer>(path: string, look: (named: number) => Answer | null): Answer | null {
    let current = this.#folder;
    try {
      for (const part of path.split("/")) {
        if (part === "" || part === "." || part === "..") return null;
        const next = openSync(`${pathOf(current)}/${part}`, namedOnly | constants.O_NOFOLLOW);
        if (current !== this.#folder) closeSync(current);
        current = next;
      }
      return look(current);
    } catch {
      // Gone, no folder on the way, a link, or not allowed: there is nothing to read there.
      return null;
    } finally {
      if (current !== this.#folder) closeSync(current);
    }
  }
}

/** What `HeldRoot.identity` would be, without holding the folder; null when there is none. */
export function identityOf(folder: string): string | null {
  try {
    const { dev, ino } = statSync(folder);
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}

const pathOf = (descriptor: number): string => `/proc/self/fd/${descriptor}`;
