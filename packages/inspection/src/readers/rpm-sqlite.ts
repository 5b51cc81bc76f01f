import { openSqlitePages } from "./sqlite-pages.ts";
import type { SqlitePages } from "./sqlite-pages.ts";

/**
 * Reads the blobs of rpm's `Packages (hnum INTEGER PRIMARY KEY, blob BLOB)` table straight from the file's bytes.
 * SQLite itself would need the file on disk under a name, and its native code would run over whatever an image holds.
 */
export function* readSqliteBlobs(bytes: Buffer, journal: Buffer | null): Generator<Buffer> {
  const pages = openSqlitePages(bytes, journal);
  for (const row of readTable(pages, rootOfTable(pages, "Packages"))) {
    const blob = row.at(-1);
    if (Buffer.isBuffer(blob)) yield blob;
  }
}

type Value = number | string | Buffer | null;
const pageKinds = { interior: 0x05, leaf: 0x0d } as const;
const depthMax = 20;

function rootOfTable(pages: SqlitePages, table: string): number {
  for (const [type, name, , root] of readTable(pages, 1)) {
    if (type === "table" && name === table && typeof root === "number") return root;
  }
  throw new RangeError(`database without a table ${table}`);
}

function* readTable(pages: SqlitePages, root: number): Generator<Value[]> {
  const seen = new Set<number>();
  const open: { number: number; depth: number }[] = [{ number: root, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next.number) || next.depth > depthMax) throw new RangeError("database with a loop in a table");
    seen.add(next.number);
    const page = pages.page(next.number);
    const header = next.number === 1 ? 100 : 0;
    const cells = page.readUInt16BE(header + 3);
    if (page[header] === pageKinds.leaf) {
      for (let index = 0; index < cells; index += 1)
        yield readRow(pages, page, page.readUInt16BE(header + 8 + index * 2));
    } else if (page[header] === pageKinds.interior) {
      const depth = next.depth + 1;
      open.push({ number: page.readUInt32BE(header + 8), depth });
      for (let index = cells - 1; index >= 0; index -= 1) {
        open.push({ number: page.readUInt32BE(page.readUInt16BE(header + 12 + index * 2)), depth });
      }
    } else throw new RangeError("database with a broken page");
  }
}

function readRow(pages: SqlitePages, page: Buffer, at: number): Value[] {
  const [length, afterLength] = readVarint(page, at);
  const [, afterRowId] = readVarint(page, afterLength);
  const payload = readPayload(pages, page, afterRowId, length);
  const [headerBytes, firstType] = readVarint(payload, 0);
  const values: Value[] = [];
  let value = headerBytes;
  for (let type = firstType; type < headerBytes;) {
    const [serialType, next] = readVarint(payload, type);
    const size = sizeOf(serialType);
    values.push(readValue(payload.subarray(value, value + size), serialType));
    value += size;
    type = next;
  }
  return values;
}

/** The part of a row that fits into its page, and the chain of overflow pages with the rest. */
function readPayload(pages: SqlitePages, page: Buffer, at: number, length: number): Buffer {
  const { usable } = pages;
  if (length <= usable - 35) return page.subarray(at, at + length);
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fitting = least + ((length - least) % (usable - 4));
  const local = fitting <= usable - 35 ? fitting : least;
  const chunks = [page.subarray(at, at + local)];
  let left = length - local;
  let overflow = page.readUInt32BE(at + local);
  while (left > 0) {
    const next = pages.page(overflow);
    const taken = Math.min(left, usable - 4);
    chunks.push(next.subarray(4, 4 + taken));
    left -= taken;
    overflow = next.readUInt32BE(0);
    if (chunks.length > rowPagesMax) throw new RangeError("database with an endless row");
  }
  return Buffer.concat(chunks);
}

/** 64 MiB in the smallest pages; the largest header seen is 8 MiB. */
const rowPagesMax = 131_072;

/** Big-endian groups of seven bits; the ninth byte would hold eight, which no length or number here needs. */
function readVarint(bytes: Buffer, at: number): readonly [number, number] {
  let value = 0;
  for (let index = at; index < at + 8; index += 1) {
    const byte = bytes.readUInt8(index);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value, index + 1];
  }
  throw new RangeError("database with a number that is too large");
}

function sizeOf(serialType: number): number {
  if (serialType >= 12) return Math.floor((serialType - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][serialType] ?? 0;
}

function readValue(bytes: Buffer, serialType: number): Value {
  if (serialType >= 12) return serialType % 2 === 0 ? bytes : bytes.toString("utf8");
  if (serialType >= 1 && serialType <= 5) return bytes.readIntBE(0, bytes.length);
  if (serialType === 8 || serialType === 9) return serialType - 8;
  return null;
}
