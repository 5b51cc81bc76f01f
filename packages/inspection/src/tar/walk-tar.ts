import { Refusal } from "@rampart/kernel";
import { blockBytes, corrupt, readHeader } from "./header.ts";
import type { TarHeader } from "./header.ts";
import { readPax } from "./pax.ts";
import type { PaxAttributes } from "./pax.ts";

export type TarEntryKind = "file" | "folder" | "symlink" | "hardlink" | "other";
/** `name` and `linkName` are as the archive says: untrusted, not yet relative to anything. */
export type TarEntry = Readonly<{ kind: TarEntryKind; name: string; linkName: string; size: number }>;
/**
 * Receives the bytes of one body, piece by piece. Pieces are views of the archive's chunks: never written to. Whoever
 * can leave bytes out may ask after each piece where the next one has to begin.
 */
export type BodySink = Readonly<{ write(bytes: Buffer): void; end(): void; skipTo?(): number }>;
/** Called for each entry; answers where its body goes, or null to pass over it without copying. */
export type TarVisitor = (entry: TarEntry) => BodySink | null;
export type TarLimits = Readonly<{ entriesMax: number; headerBytesMax: number }>;

const kinds: Readonly<Record<string, TarEntryKind>> = {
  "0": "file",
  "7": "file",
  S: "file",
  "1": "hardlink",
  "2": "symlink",
  "5": "folder",
};
/** Links, devices, folders and pipes have no body, whatever their size field says. */
const bodiless: ReadonlySet<string> = new Set(["1", "2", "3", "4", "5", "6"]);

/**
 * Walks a tar archive that arrives in chunks of any size.
 *
 *   header ──file──▶ body (to a sink, or skipped by arithmetic) ──▶ padding ──▶ header
 *     ├──x, L, K──▶ body kept (≤ headerBytesMax), applied to the next entry ──▶ header
 *     └──zero block──▶ ended: whatever follows is ignored
 */
export class TarWalker {
  readonly #visit: TarVisitor;
  readonly #limits: TarLimits;
  readonly #partialHeader = Buffer.alloc(blockBytes);
  #partialBytes = 0;
  #bodyLeft = 0;
  #paddingLeft = 0;
  #sink: BodySink | null = null;
  #sparseMapGoesOn = false;
  #attributes: PaxAttributes = {};
  #ended = false;
  entries = 0;

  constructor(visit: TarVisitor, limits: TarLimits) {
    this.#visit = visit;
    this.#limits = limits;
  }

  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length && !this.#ended) {
      // The blocks of a map that goes on lie between the header and the body.
      if (this.#sparseMapGoesOn) at = this.#passHeader(chunk, at);
      else if (this.#bodyLeft > 0) at = this.#passBody(chunk, at);
      else if (this.#paddingLeft > 0) at = this.#passPadding(chunk, at);
      else at = this.#passHeader(chunk, at);
    }
  }

  /** Says that no more bytes follow. Engines accept an archive without its closing blocks, so we do. */
  end(): void {
    if (this.#bodyLeft > 0 || this.#sparseMapGoesOn) throw corrupt("it ends inside a file");
    if (this.#partialBytes > 0 && !this.#ended) throw corrupt("it ends inside a header");
  }

  #passBody(chunk: Buffer, at: number): number {
    const end = Math.min(chunk.length, at + this.#bodyLeft);
    this.#sink?.write(chunk.subarray(at, end));
    this.#bodyLeft -= end - at;
    if (this.#bodyLeft === 0) this.#finishBody();
    return end;
  }

  #passPadding(chunk: Buffer, at: number): number {
    const end = Math.min(chunk.length, at + this.#paddingLeft);
    this.#paddingLeft -= end - at;
    return end;
  }

  #passHeader(chunk: Buffer, at: number): number {
    if (this.#partialBytes === 0 && chunk.length - at >= blockBytes) {
      this.#takeBlock(chunk.subarray(at, at + blockBytes));
      return at + blockBytes;
    }
    const end = Math.min(chunk.length, at + blockBytes - this.#partialBytes);
    chunk.copy(this.#partialHeader, this.#partialBytes, at, end);
    this.#partialBytes += end - at;
    if (this.#partialBytes === blockBytes) {
      this.#partialBytes = 0;
      this.#takeBlock(this.#partialHeader);
    }
    return end;
  }

  #takeBlock(block: Buffer): void {
    if (this.#sparseMapGoesOn) {
      this.#sparseMapGoesOn = block[504] === 1;
      return;
    }
    const header = readHeader(block);
    if (header === null) {
      this.#ended = true;
      return;
    }
    this.entries += 1;
    if (this.entries > this.#limits.entriesMax) {
      throw new Refusal(
        "limit",
        "inspection.archive.too-many-entries",
        `More than ${this.#limits.entriesMax} entries.`,
      );
    }
    this.#open(header);
  }

  #open(header: TarHeader): void {
    switch (header.typeFlag) {
      case "x":
        return this.#keep(header.size, (body) => Object.assign(this.#attributes, readPax(body)));
      case "L":
        return this.#keep(header.size, (body) => (this.#attributes.path = cString(body)));
      case "K":
        return this.#keep(header.size, (body) => (this.#attributes.linkPath = cString(body)));
      // Global attributes are comments in every archive that tools write today.
      case "g":
        return this.#start(header.size, null);
    }
    const { path, linkPath, size } = this.#attributes;
    this.#attributes = {};
    const kind = kinds[header.typeFlag] ?? "other";
    const entry = { kind, name: path ?? header.name, linkName: linkPath ?? header.linkName, size: size ?? header.size };
    this.#sparseMapGoesOn = header.sparseMapGoesOn;
    const sink = this.#visit(kind === "file" && entry.name.endsWith("/") ? { ...entry, kind: "folder" } : entry);
    this.#start(bodiless.has(header.typeFlag) ? 0 : entry.size, sink);
  }

  #keep(size: number, use: (body: Buffer) => void): void {
    if (size > this.#limits.headerBytesMax) throw corrupt("a name or its attributes are too long");
    const body = Buffer.alloc(size);
    let filled = 0;
    const write = (bytes: Buffer) => void (filled += bytes.copy(body, filled));
    this.#start(size, { write, end: () => use(body) });
  }

  #start(size: number, sink: BodySink | null): void {
    this.#sink = sink;
    this.#bodyLeft = size;
    this.#paddingLeft = 0;
    if (size === 0) this.#finishBody();
    else this.#paddingLeft = (blockBytes - (size % blockBytes)) % blockBytes;
  }

  #finishBody(): void {
    const sink = this.#sink;
    this.#sink = null;
    sink?.end();
  }
}

function cString(body: Buffer): string {
  const zero = body.indexOf(0);
  return body.toString("utf8", 0, zero === -1 ? body.length : zero);
}
