import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { messageOf } from "@rampart/kernel";
import { BadEntry, type TextChunks } from "../../core/feeds/feed-entry.ts";
import { feedLimits } from "./limits.ts";
import { unxz } from "./unxz.ts";

export type ByteChunks = AsyncIterable<Buffer>;

const chunkBytes = 256 * 1024;

/** Content of a file, unpacked when its first bytes say that it is packed with gzip, zstd or xz. */
export async function* unpack(path: string): AsyncGenerator<Buffer> {
  const source = createReadStream(path, { highWaterMark: chunkBytes });
  const unpacked = await unpackerFor(source);
  let bytes = 0;
  try {
    for await (const chunk of unpacked) {
      const part = Buffer.from(chunk);
      bytes += part.length;
      if (bytes > feedLimits.unpackedBytesMax) throw new BadEntry(null, "unpacks to more than is allowed");
      yield part;
    }
  } catch (error) {
    throw error instanceof BadEntry ? error : new BadEntry(null, `cannot be unpacked: ${messageOf(error)}`);
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}

async function unpackerFor(source: Readable): Promise<Readable> {
  const head = await firstBytes(source);
  const packing = packingOf(head);
  if (packing === "none") return source;
  if (packing === "gzip") return through(source, createGunzip({ chunkSize: chunkBytes }));
  if (packing === "zstd") return through(source, createZstdDecompress({ chunkSize: chunkBytes }));
  if (packing === "xz") return unxz(source);
  source.destroy();
  throw new BadEntry(null, `is packed with ${packing}, which is not read; unpack it or use gzip, zstd or xz`);
}

function through(source: Readable, unpacker: Readable & NodeJS.WritableStream): Readable {
  source.on("error", (error) => unpacker.destroy(error));
  source.pipe(unpacker);
  return unpacker;
}

/** Looks at the beginning without taking it. */
async function firstBytes(source: Readable): Promise<Buffer> {
  for await (const chunk of source.iterator({ destroyOnReturn: false })) {
    const head = Buffer.from(chunk);
    source.unshift(head);
    return head;
  }
  return Buffer.alloc(0);
}

type Packing = "none" | "gzip" | "zstd" | "bzip2" | "xz";

function packingOf(head: Buffer): Packing {
  if (head[0] === 0x1f && head[1] === 0x8b) return "gzip";
  if (head.subarray(0, 4).equals(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]))) return "zstd";
  if (/^BZh[1-9]1AY&SY/.test(head.toString("latin1", 0, 10))) return "bzip2";
  return head.subarray(0, 6).equals(Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0])) ? "xz" : "none";
}

/** Content of an archive's member that is packed with gzip. */
export async function* gunzip(chunks: ByteChunks): AsyncGenerator<Buffer> {
  const source = Readable.from(chunks);
  const unpacked = through(source, createGunzip({ chunkSize: chunkBytes }));
  try {
    for await (const chunk of unpacked) yield Buffer.from(chunk);
  } catch (error) {
    throw new BadEntry(null, `cannot be unpacked: ${messageOf(error)}`);
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}

/** Bytes as text; what is not UTF-8 is refused rather than guessed at. */
export async function* toText(chunks: ByteChunks): TextChunks {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throw error instanceof TypeError ? new BadEntry(null, "is not UTF-8 text") : error;
  }
}

/** The first characters of a text, wherever it comes from. */
export async function headOf(chunks: ByteChunks, charsMax: number): Promise<string> {
  const decoder = new TextDecoder("utf-8");
  let head = "";
  for await (const chunk of chunks) {
    head += decoder.decode(chunk, { stream: true });
    if (head.length >= charsMax) break;
  }
  return head.slice(0, charsMax);
}
