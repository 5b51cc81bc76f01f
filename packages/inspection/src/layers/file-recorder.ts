import { messageOf } from "@rampart/kernel";
import { warning, WarningTally } from "../warnings.ts";
import type { InspectionLimits } from "../limits.ts";
import { chooseReader, rpmPartAt } from "../readers/choose-reader.ts";
import { mayBeProgram } from "../readers/programs/program-path.ts";
import { programBytesMin, scanProgram } from "../readers/programs/scan-program.ts";
import type { ReaderResult } from "../readers/reader.ts";
import { readRpmDatabase } from "../readers/rpm.ts";
import { resolveLink, toEntryPath } from "../tar/entry-path.ts";
import type { BodySink, TarEntry } from "../tar/walk-tar.ts";
import { collectBody } from "./collect-body.ts";
import type { FileRecord, LayerContent } from "./layer-result.ts";
import { pathLengthMax } from "./layer-result.ts";
import { OwnedPaths } from "./owned-paths.ts";

const whiteoutPrefix = ".wh.";
const opaqueMarker = ".wh..wh..opq";
type RpmParts = { database?: Buffer; journal?: Buffer };

/** Reads the interesting files of one layer or folder as they come by, and keeps only what was read of them. */
export class FileRecorder {
  readonly #limits: InspectionLimits;
  readonly #namesWhiteouts: boolean;
  readonly #records = new Map<string, FileRecord>();
  readonly #whiteouts: string[] = [];
  readonly #opaqueFolders: string[] = [];
  readonly #silentFiles = new Set<string>();
  readonly #links: string[] = [];
  readonly #rpmByFolder = new Map<string, RpmParts>();
  readonly #warnings = new WarningTally();
  #owned: OwnedPaths | null = null;

  /** `whiteouts`: whether names such as `.wh.x` are deletions, as in archives of layers, or files like all others. */
  constructor(limits: InspectionLimits, { whiteouts = true }: Readonly<{ whiteouts?: boolean }> = {}) {
    this.#limits = limits;
    this.#namesWhiteouts = whiteouts;
  }

  /** Looks at one entry of a layer's archive. Answers where its body goes, or null when nothing wants it. */
  readonly visit = (entry: TarEntry): BodySink | null => {
    const path = toEntryPath(entry.name);
    if (path === null)
      return this.#note("entry-outside-root", `${entry.name} leads out of the root and was passed over`);
    if (path.length > pathLengthMax)
      return this.#note("file-over-limit", `a path longer than ${pathLengthMax} characters`);
    switch (entry.kind) {
      case "file":
        return this.file(path, entry.size);
      case "symlink":
        return this.link(path, entry.linkName);
      case "hardlink":
        return this.#hardLink(path, entry.linkName);
      default:
        return null;
    }
  };

  isInteresting(path: string): boolean {
    return chooseReader(path) !== null || rpmPartAt(path) !== null;
  }

  file(path: string, size: number): BodySink | null {
    if (this.#namesWhiteouts && path.includes(whiteoutPrefix) && this.#takeWhiteout(path)) return null;
    const rpmPart = rpmPartAt(path);
    if (rpmPart !== null) return this.#rpmFile(path, size, rpmPart);
    const reader = chooseReader(path);
    if (reader === null) return mayBeProgram(path) ? this.#program(path, size) : null;
    const bytesMax = this.#limits[reader.bytesMax];
    if (size > bytesMax) return reader.mayPassOver === true ? this.#keepSilent(path) : this.#refuseFile(path, bytesMax);
    return collectBody(size, (body) => this.#read(path, () => reader.read(body, path, this.#limits)));
  }

  /** Links are never followed. Where one stands, it hides what earlier layers had below that path. */
  link(path: string, target: string): null {
    if (resolveLink(path, target) === null) this.#note("link-outside-root", `${path} links to ${target}`);
    if (this.#links.length >= this.#limits.linksMax) {
      return this.#note("links-over-limit", `more than ${this.#limits.linksMax} symbolic links`);
    }
    this.#links.push(path);
    return null;
  }

  /** Takes note that what earlier layers had at a path, and below it, is gone. */
  deleted(path: string): void {
    if (this.#whiteouts.length >= this.#limits.recordsMax) this.#noteTooManyDeletions();
    else this.#whiteouts.push(path);
  }

  note(...problem: Parameters<WarningTally["add"]>): void {
    this.#warnings.add(...problem);
  }

  /** A host has gigabytes of programs, nearly all of them its packages': once those are known, few are left to read. */
  canWait(path: string): boolean {
    return mayBeProgram(path);
  }

  isStillWanted(path: string): boolean {
    this.#readRpmParts();
    this.#owned ??= new OwnedPaths(this.#records.values());
    return !this.#owned.has(path);
  }

  finish(): LayerContent {
    this.#readRpmParts();
    return {
      records: [...this.#records.values()],
      whiteouts: this.#whiteouts,
      opaqueFolders: this.#opaqueFolders,
      silentFiles: [...this.#silentFiles],
      links: this.#links,
      warnings: this.#warnings.list(),
    };
  }

  #takeWhiteout(path: string): boolean {
    const slash = path.lastIndexOf("/");
    const name = path.slice(slash + 1);
    if (!name.startsWith(whiteoutPrefix)) return false;
    const list = name === opaqueMarker ? this.#opaqueFolders : this.#whiteouts;
    if (list.length >= this.#limits.recordsMax) this.#noteTooManyDeletions();
    else if (name === opaqueMarker) list.push(path.slice(0, Math.max(0, slash)));
    // Other names with two prefixes are bookkeeping of the file system that made the layer.
    else if (!name.startsWith(".wh..wh.")) list.push(path.slice(0, slash + 1) + name.slice(whiteoutPrefix.length));
    return true;
  }

  #noteTooManyDeletions(): void {
    this.#note("records-over-limit", "more deletions than can be kept");
  }

  /** A second name of a file in the same layer: what was read under the first name holds for it too. */
  #hardLink(path: string, linkName: string): null {
    const target = toEntryPath(linkName);
    if (target === null) return this.#note("link-outside-root", `${path} is a hard link to ${linkName}`);
    if (!this.isInteresting(path) && !mayBeProgram(path)) return null;
    const original = this.#records.get(target);
    if (original === undefined && this.#maySayNothing(path, target)) return this.#keepSilent(path);
    if (original === undefined)
      return this.#note("link-unresolved", `${path} is a hard link to ${target}, which was not read`);
    this.#keep({ ...original, path });
    return null;
  }

  #maySayNothing(path: string, target: string): boolean {
    if (this.#silentFiles.has(target)) return true;
    const reader = chooseReader(path);
    return rpmPartAt(path) === null && (reader === null || reader.mayPassOver === true);
  }

  #program(path: string, size: number): BodySink | null {
    if (size < programBytesMin) return this.#keepSilent(path);
    return scanProgram(path, size, this.#limits, ({ content, problem }) => {
      if (content === null && problem === undefined) this.#keepSilent(path);
      else this.#read(path, () => ({ content, ...(problem !== undefined && { problem }) }));
    });
  }

  #rpmFile(path: string, size: number, part: keyof RpmParts): BodySink | null {
    // An empty journal only says that the database was opened.
    if (size === 0) return null;
    if (size > this.#limits.databaseBytesMax) return this.#refuseFile(path, this.#limits.databaseBytesMax);
    const key = path.replace(/-wal$/, "");
    const parts = this.#rpmByFolder.get(key) ?? {};
    this.#rpmByFolder.set(key, parts);
    return collectBody(size, (body) => void (parts[part] = body));
  }

  #readRpmParts(): void {
    for (const [folder, parts] of this.#rpmByFolder) this.#readRpm(folder, parts);
    this.#rpmByFolder.clear();
  }

  #readRpm(path: string, { database, journal }: RpmParts): void {
    if (database !== undefined) this.#read(path, () => ({ content: readRpmDatabase(database, journal ?? null) }));
    else this.#note("file-unreadable", `${path}: a journal of the rpm database without the database`);
  }

  #read(path: string, read: () => ReaderResult): void {
    try {
      const { content, problem } = read();
      if (content === null && problem === undefined) return void this.#keepSilent(path);
      if (problem !== undefined)
        this.#keep({ path, content, problem: warning("file-unreadable", `${path}: ${problem}`) });
      else this.#keep({ path, content });
    } catch (error) {
      const problem = warning("file-unreadable", `${path} makes no sense: ${messageOf(error)}`);
      this.#keep({ path, content: null, problem });
    }
  }

  #refuseFile(path: string, bytesMax: number): null {
    const problem = warning("file-over-limit", `${path} is larger than ${bytesMax} bytes and was not read`);
    this.#keep({ path, content: null, problem });
    return null;
  }

  #keep(record: FileRecord): void {
    if (this.#records.size >= this.#limits.recordsMax) this.#note("records-over-limit", "more files than can be kept");
    else this.#records.set(record.path, record);
  }

  #keepSilent(path: string): null {
    if (this.#silentFiles.size >= this.#limits.recordsMax) {
      return this.#note("records-over-limit", "more files than can be kept");
    }
    this.#silentFiles.add(path);
    return null;
  }

  #note(...problem: Parameters<WarningTally["add"]>): null {
    this.#warnings.add(...problem);
    return null;
  }
}
