import { corrupt } from "./header.ts";

/** The extended attributes that change what an entry is. */
export type PaxAttributes = { path?: string; linkPath?: string; size?: number };

/** Reads POSIX extended attributes: records of the form "length key=value\n". */
export function readPax(body: Buffer): PaxAttributes {
  const attributes: PaxAttributes = {};
  let start = 0;
  while (start < body.length && body[start] !== 0) {
    const space = body.indexOf(0x20, start);
    const length = space === -1 ? Number.NaN : Number(body.toString("latin1", start, space));
    const end = start + length;
    if (!Number.isInteger(length) || length <= space - start || end > body.length) {
      throw corrupt("extended attributes do not add up");
    }
    applyRecord(attributes, body.toString("utf8", space + 1, end - 1));
    start = end;
  }
  return attributes;
}

function applyRecord(attributes: PaxAttributes, record: string): void {
  const equals = record.indexOf("=");
  const value = record.slice(equals + 1);
  switch (record.slice(0, equals)) {
    // GNU tar gives sparse files an invented path and keeps the true one here.
    case "GNU.sparse.name":
    case "path":
      attributes.path = value;
      break;
    case "linkpath":
      attributes.linkPath = value;
      break;
    case "size":
      attributes.size = readSize(value);
      break;
  }
}

function readSize(value: string): number {
  const size = Number(value);
  if (value === "" || !Number.isSafeInteger(size) || size < 0) throw corrupt("an entry has an impossible size");
  return size;
}
