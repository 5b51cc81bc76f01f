// One report in a segment file:
//
//   0          4          8           10        10 + k               10 + k + m
//   +----------+----------+-----------+---------+--------------------+
//   | m  (BE)  | crc (BE) | k  (BE)   | subject | message            |
//   +----------+----------+-----------+---------+--------------------+
//
// The checksum covers everything behind itself. `message` is what goes on the wire, see the protocol's report codec.
import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";

export const headBytes = 10;
const checkedFrom = 8;
/** A longer subject is cut, which costs no more than a missed chance to leave an older report out. */
const subjectBytesMax = 1_000;
const chunkBytes = 64 * 1024;

export type RecordHead = Readonly<{ messageBytes: number; checksum: number; subjectBytes: number }>;

export function packRecord(subject: string, message: Uint8Array): Buffer {
  const name = Buffer.from(subject, "utf8").subarray(0, subjectBytesMax);
  const record = Buffer.allocUnsafe(headBytes + name.length + message.length);
  record.writeUInt32BE(message.length, 0);
  record.writeUInt16BE(name.length, checkedFrom);
  record.set(name, headBytes);
  record.set(message, headBytes + name.length);
  record.writeUInt32BE(crc32(record.subarray(checkedFrom)), 4);
  return record;
}

export function recordBytes(head: RecordHead): number {
  return headBytes + head.subjectBytes + head.messageBytes;
}

/** The head at an offset; null at the end of the file or where the file is cut short. */
export async function readHead(file: FileHandle, offset: number, fileBytes: number): Promise<RecordHead | null> {
  const bytes = Buffer.alloc(headBytes);
  if (offset + headBytes > fileBytes) return null;
  const { bytesRead } = await file.read(bytes, 0, headBytes, offset);
  if (bytesRead < headBytes) return null;
  const head = {
    messageBytes: bytes.readUInt32BE(0),
    checksum: bytes.readUInt32BE(4),
    subjectBytes: bytes.readUInt16BE(8),
  };
  return offset + recordBytes(head) > fileBytes ? null : head;
}

export async function readSubject(file: FileHandle, offset: number, head: RecordHead): Promise<string> {
  const bytes = Buffer.alloc(head.subjectBytes);
  await file.read(bytes, 0, bytes.length, offset + headBytes);
  return bytes.toString("utf8");
}

/** The message of a record; null when its bytes are not what was written. */
export async function readMessage(file: FileHandle, offset: number, head: RecordHead): Promise<Buffer | null> {
  const record = Buffer.allocUnsafe(recordBytes(head));
  const { bytesRead } = await file.read(record, 0, record.length, offset);
  if (bytesRead < record.length || crc32(record.subarray(checkedFrom)) !== head.checksum) return null;
  return record.subarray(headBytes + head.subjectBytes);
}

/** Checks the bytes of a record piece by piece, so that a large one costs no memory. */
export async function isSound(file: FileHandle, offset: number, head: RecordHead): Promise<boolean> {
  const end = offset + recordBytes(head);
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let sum = 0;
  for (let at = offset + checkedFrom; at < end;) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, end - at), at);
    if (bytesRead === 0) return false;
    sum = crc32(chunk.subarray(0, bytesRead), sum);
    at += bytesRead;
  }
  return sum === head.checksum;
}
