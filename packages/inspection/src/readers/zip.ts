import { inflateRawSync } from "node:zlib";

/** One file of a zip archive, as its central directory says. */
export type ZipEntry = Readonly<{
  name: string;
  method: number;
  isEncrypted: boolean;
  compressedSize: number;
  size: number;
  at: number;
}>;
export type ZipArchive = Readonly<{ bytes: Buffer; entries: readonly ZipEntry[] }>;

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endBytes = 22;
const commentBytesMax = 65_535;
const methods = { stored: 0, deflated: 8 } as const;

/**
 * Reads the central directory of a zip archive that is in memory, keeping the entries whose names are wanted.
 * Works without callbacks: an image holds hundreds of thousands of such entries, nearly all of no interest.
 */
export function openZip(bytes: Buffer, entriesMax: number, isWanted: (name: string) => boolean): ZipArchive {
  const end = findEnd(bytes);
  const { count, size, offset } = readEnd(bytes, end);
  if (count > entriesMax) throw new RangeError(`zip archive with more than ${entriesMax} entries`);
  const directory = end.directoryEnd - size;
  // Runnable jars carry a script before the archive and most tools leave the offsets as they were.
  const shift = directory - offset;
  if (directory < 0 || shift < 0) throw new RangeError("zip archive with a broken directory");
  const entries: ZipEntry[] = [];
  let at = directory;
  for (let index = 0; index < count; index += 1) {
    if (bytes.readUInt32LE(at) !== entrySignature) throw new RangeError("zip archive with a broken entry");
    const nameBytes = bytes.readUInt16LE(at + 28);
    const name = bytes.toString("utf8", at + 46, at + 46 + nameBytes);
    if (isWanted(name)) entries.push(readEntry(bytes, at, name, shift));
    at += 46 + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return { bytes, entries };
}

/** Unpacks one entry; throws when it holds more than `bytesMax` or is damaged. */
export function readZipEntry(archive: ZipArchive, entry: ZipEntry, bytesMax: number): Buffer {
  const { bytes } = archive;
  if (entry.isEncrypted) throw new RangeError(`zip entry ${entry.name} is encrypted`);
  const larger = Math.max(entry.size, entry.method === methods.stored ? entry.compressedSize : 0);
  if (larger > bytesMax) throw new RangeError(`zip entry ${entry.name} is larger than ${bytesMax} bytes`);
  if (bytes.readUInt32LE(entry.at) !== localSignature) throw new RangeError("zip archive with a broken entry");
  const start = entry.at + 30 + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28);
  const packed = bytes.subarray(start, start + entry.compressedSize);
  if (entry.method === methods.stored) return packed;
  if (entry.method !== methods.deflated) throw new RangeError(`zip entry ${entry.name} has an unknown compression`);
  return inflateRawSync(packed, { maxOutputLength: Math.max(1, Math.min(bytesMax, entry.size)) });
}

type End = Readonly<{ at: number; directoryEnd: number; at64: number | null }>;

function findEnd(bytes: Buffer): End {
  const first = Math.max(0, bytes.length - endBytes - commentBytesMax);
  for (let at = bytes.length - endBytes; at >= first; at -= 1) {
    if (bytes[at] !== 0x50 || bytes.readUInt32LE(at) !== endSignature) continue;
    const locator = at - 20;
    const has64 = locator >= 0 && bytes.readUInt32LE(locator) === 0x07064b50;
    if (!has64) return { at, directoryEnd: at, at64: null };
    const at64 = locator - 56;
    if (at64 >= 0 && bytes.readUInt32LE(at64) === end64Signature) return { at, directoryEnd: at64, at64 };
  }
  throw new RangeError("not a zip archive");
}

function readEnd(bytes: Buffer, end: End): { count: number; size: number; offset: number } {
  if (end.at64 === null) {
    return {
      count: bytes.readUInt16LE(end.at + 10),
      size: bytes.readUInt32LE(end.at + 12),
      offset: bytes.readUInt32LE(end.at + 16),
    };
  }
  return {
    count: Number(bytes.readBigUInt64LE(end.at64 + 32)),
    size: Number(bytes.readBigUInt64LE(end.at64 + 40)),
    offset: Number(bytes.readBigUInt64LE(end.at64 + 48)),
  };
}

function readEntry(bytes: Buffer, at: number, name: string, shift: number): ZipEntry {
  return {
    name,
    isEncrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
    method: bytes.readUInt16LE(at + 10),
    compressedSize: bytes.readUInt32LE(at + 20),
    size: bytes.readUInt32LE(at + 24),
    at: bytes.readUInt32LE(at + 42) + shift,
  };
}
