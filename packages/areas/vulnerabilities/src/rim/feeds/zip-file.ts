import { type FileHandle, open } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createInflateRaw, inflateRaw } from "node:zlib";
import { messageOf } from "@rampart/kernel";
import { BadEntry } from "../../core/feeds/feed-entry.ts";
import { feedLimits } from "./limits.ts";
import type { Member } from "./member.ts";

const inflate = promisify(inflateRaw);

const endBytes = 22;
/** Large files of an archive are read in such pieces. */
const pieceBytes = 1024 ** 2;
const commentBytesMax = 65_535;
const signatures = { end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50, entry: 0x02014b50, local: 0x04034b50 };
const unknown32 = 0xffffffff;

/** Files of a zip archive in the order of its directory, read from disk one by one. */
export async function* zipMembers(path: string): AsyncGenerator<Member> {
  const file = await open(path);
  try {
    const directory = await readDirectory(file);
    for (const entry of entriesOf(directory)) {
      if (entry.name.endsWith("/")) continue;
      yield { name: entry.name, bytes: () => named(entry.name, chunksOf(file, entry)) };
    }
  } catch (error) {
    throw error instanceof RangeError ? damaged(null, error) : error;
  } finally {
    await file.close();
  }
}

function damaged(name: string | null, { message }: RangeError): BadEntry {
  return new BadEntry(name, `is a damaged zip archive: ${message}`);
}

async function* named(name: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* chunks;
  } catch (error) {
    throw error instanceof RangeError ? damaged(name, error) : error;
  }
}

type Entry = Readonly<{ name: string; method: number; flags: number; packed: number; size: number; at: number }>;

async function readDirectory(file: FileHandle): Promise<Buffer> {
  const { size } = await file.stat();
  const tailBytes = Math.min(size, endBytes + commentBytesMax + 20);
  const tail = await readAt(file, size - tailBytes, tailBytes);
  const end = findEnd(tail);
  const { bytes, at } = await place(file, tail, end);
  if (bytes > feedLimits.directoryBytesMax) throw new BadEntry(null, "holds too many files");
  return readAt(file, at, bytes);
}

function findEnd(tail: Buffer): number {
  for (let at = tail.length - endBytes; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) === signatures.end) return at;
  }
  throw new BadEntry(null, "is cut short, or no zip archive");
}

async function place(file: FileHandle, tail: Buffer, end: number): Promise<{ bytes: number; at: number }> {
  const locator = end - 20;
  if (locator >= 0 && tail.readUInt32LE(locator) === signatures.locator64) {
    const end64 = await readAt(file, Number(tail.readBigUInt64LE(locator + 8)), 56);
    if (end64.readUInt32LE(0) !== signatures.end64) throw new RangeError("its directory is not where it says");
    return { bytes: Number(end64.readBigUInt64LE(40)), at: Number(end64.readBigUInt64LE(48)) };
  }
  return { bytes: tail.readUInt32LE(end + 12), at: tail.readUInt32LE(end + 16) };
}

function* entriesOf(directory: Buffer): Generator<Entry> {
  for (let at = 0; at < directory.length;) {
    if (directory.readUInt32LE(at) !== signatures.entry) throw new RangeError("its directory has a broken entry");
    const nameBytes = directory.readUInt16LE(at + 28);
    const extraBytes = directory.readUInt16LE(at + 30);
    const extra = directory.subarray(at + 46 + nameBytes, at + 46 + nameBytes + extraBytes);
    yield withLargeNumbers(
      {
        name: directory.toString("utf8", at + 46, at + 46 + nameBytes),
        flags: directory.readUInt16LE(at + 8),
        method: directory.readUInt16LE(at + 10),
        packed: directory.readUInt32LE(at + 20),
        size: directory.readUInt32LE(at + 24),
        at: directory.readUInt32LE(at + 42),
      },
      extra,
    );
    at += 46 + nameBytes + extraBytes + directory.readUInt16LE(at + 32);
  }
}

/** Numbers beyond 32 bits stand in an extra field, in this order and only those that need it. */
function withLargeNumbers(entry: Entry, extra: Buffer): Entry {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let next = at + 4;
    const large = (value: number): number => {
      if (value !== unknown32) return value;
      next += 8;
      return Number(extra.readBigUInt64LE(next - 8));
    };
    const size = large(entry.size);
    const packed = large(entry.packed);
    return { ...entry, size, packed, at: large(entry.at) };
  }
  return entry;
}

async function* chunksOf(file: FileHandle, entry: Entry): AsyncGenerator<Buffer> {
  const { name, method, flags, packed, size, at } = entry;
  if ((flags & 1) === 1) throw new BadEntry(name, "is encrypted");
  if (packed > feedLimits.packedBytesMax) throw new BadEntry(name, "is larger than a file may be");
  const local = await readAt(file, at, 30);
  if (local.readUInt32LE(0) !== signatures.local) throw new BadEntry(name, "is not where the archive says");
  const start = at + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  if (method === 0) yield* stored(file, start, packed);
  else if (method === 8 && Math.max(size, packed) <= pieceBytes) {
    yield await inflated(await readAt(file, start, packed), entry);
  } else if (method === 8) yield* inflatedStream(stored(file, start, packed), entry);
  else throw new BadEntry(name, "is packed in an unknown way");
}

async function* stored(file: FileHandle, start: number, length: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < length; done += pieceBytes) {
    yield await readAt(file, start + done, Math.min(pieceBytes, length - done));
  }
}

async function inflated(bytes: Buffer, { name, size }: Entry): Promise<Buffer> {
  try {
    return await inflate(bytes, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    throw new BadEntry(name, `cannot be unpacked: ${messageOf(error)}`);
  }
}

/** A large file is unpacked piece by piece, up to the size that the directory gives it. */
async function* inflatedStream(pieces: AsyncIterable<Buffer>, { name, size }: Entry): AsyncGenerator<Buffer> {
  const unpacked = createInflateRaw();
  const feeding = pipeline(Readable.from(pieces), unpacked);
  feeding.catch(() => undefined); // what goes wrong there ends the loop below
  let bytes = 0;
  try {
    for await (const chunk of unpacked) {
      const part = Buffer.from(chunk);
      bytes += part.length;
      if (bytes > size) throw new BadEntry(name, "unpacks to more than the archive says");
      yield part;
    }
  } catch (error) {
    throw error instanceof BadEntry ? error : new BadEntry(name, `cannot be unpacked: ${messageOf(error)}`);
  } finally {
    unpacked.destroy();
  }
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, at);
  if (bytesRead < length) throw new RangeError("it ends too early");
  return buffer;
}
