import { Refusal } from "@rampart/kernel";

export const blockBytes = 512;

/** One header block of a tar archive, before long names and extended attributes are applied. */
export type TarHeader = Readonly<{
  name: string;
  linkName: string;
  size: number;
  /** The type letter of the format: `0` file, `5` folder, `2` symbolic link, `x` extended attributes … */
  typeFlag: string;
  /** Old GNU sparse files continue their map in further blocks that `size` does not count. */
  sparseMapGoesOn: boolean;
}>;

/** Reads a header block; null for the zero block that ends an archive. */
export function readHeader(block: Buffer): TarHeader | null {
  if (isZeroBlock(block)) return null;
  if (!hasValidChecksum(block)) throw corrupt("a header has a wrong checksum");
  const typeFlag = String.fromCharCode(block[156] ?? 0).replace("\0", "0");
  const isUstar = block.toString("latin1", 257, 262) === "ustar";
  // GNU tar reuses the prefix field for times; it marks itself with "ustar  \0" where POSIX has "ustar\0" and a version.
  const hasPrefix = isUstar && block[262] === 0;
  const prefix = hasPrefix ? readString(block, 345, 155) : "";
  const name = readString(block, 0, 100);
  return {
    name: prefix === "" ? name : `${prefix}/${name}`,
    linkName: readString(block, 157, 100),
    size: readNumber(block, 124, 12),
    typeFlag,
    sparseMapGoesOn: typeFlag === "S" && block[482] === 1,
  };
}

export function corrupt(what: string): Refusal {
  return new Refusal("invalid", "inspection.archive.corrupt", `This is not a sound tar archive: ${what}.`);
}

function isZeroBlock(block: Buffer): boolean {
  for (let index = 0; index < blockBytes; index += 1) if (block[index] !== 0) return false;
  return true;
}

function hasValidChecksum(block: Buffer): boolean {
  let unsigned = 0;
  let signed = 0;
  for (let index = 0; index < blockBytes; index += 1) {
    const byte = index >= 148 && index < 156 ? 32 : (block[index] ?? 0);
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  const stated = readNumber(block, 148, 8);
  return stated === unsigned || stated === signed;
}

function readString(block: Buffer, start: number, length: number): string {
  const zero = block.indexOf(0, start);
  const end = zero === -1 || zero > start + length ? start + length : zero;
  return block.toString("utf8", start, end);
}

/** Octal digits, or GNU's base-256 form, whose first bit is set. */
function readNumber(block: Buffer, start: number, length: number): number {
  const first = block[start] ?? 0;
  if (first === 0xff) throw corrupt("a header holds a negative number");
  if (first >= 0x80) return readBase256(block, start, length);
  let value = 0;
  let digits = 0;
  for (let index = start; index < start + length; index += 1) {
    const byte = block[index] ?? 0;
    if (byte >= 0x30 && byte <= 0x37) {
      value = value * 8 + (byte - 0x30);
      digits += 1;
    } else if (byte === 0x20 && digits === 0) continue;
    else if (byte === 0 || byte === 0x20) break;
    else throw corrupt("a header holds a number that is not octal");
  }
  return value;
}

function readBase256(block: Buffer, start: number, length: number): number {
  let value = (block[start] ?? 0) & 0x7f;
  for (let index = start + 1; index < start + length; index += 1) value = value * 256 + (block[index] ?? 0);
  if (!Number.isSafeInteger(value)) throw corrupt("an entry says it is larger than any file");
  return value;
}
