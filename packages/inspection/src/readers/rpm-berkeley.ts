/**
 * Berkeley DB's hash format, as rpm used it until 2020. Headers are too large for a page, so each lies on a chain of
 * overflow pages that a hash page points to. See dbinc/db_page.h of Berkeley DB.
 */
const hashMagic = 0x061561;
const pageHeaderBytes = 26;
const pageTypes = { unsortedHash: 2, overflow: 7, hash: 13 } as const;
const itemTypes = { inPage: 1, offPage: 3 } as const;

type Pages = Readonly<{
  bytes: Buffer;
  pageSize: number;
  u16(at: number): number;
  u32(at: number): number;
}>;

export function* readBerkeleyBlobs(bytes: Buffer): Generator<Buffer> {
  const pages = openPages(bytes);
  const pageCount = Math.floor(bytes.length / pages.pageSize);
  for (let page = 1; page < pageCount; page += 1) {
    const at = page * pages.pageSize;
    const type = bytes[at + 25];
    if (type === pageTypes.hash || type === pageTypes.unsortedHash) yield* readHashPage(pages, at);
  }
}

function openPages(bytes: Buffer): Pages {
  const isLittle = bytes.readUInt32LE(12) === hashMagic;
  if (!isLittle && bytes.readUInt32BE(12) !== hashMagic) throw new RangeError("not an rpm database");
  const u16 = (at: number) => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const u32 = (at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const pageSize = u32(20);
  if (pageSize < 512 || pageSize > 65_536) throw new RangeError("rpm database with an impossible page size");
  return { bytes, pageSize, u16, u32 };
}

/** Items alternate: key, value, key, value. Their places are listed after the page header. */
function* readHashPage(pages: Pages, at: number): Generator<Buffer> {
  const items = pages.u16(at + 20);
  for (let index = 1; index < items; index += 2) {
    const place = pages.u16(at + pageHeaderBytes + index * 2);
    const item = at + place;
    if (pages.bytes[item] === itemTypes.offPage) {
      yield readChain(pages, pages.u32(item + 4), pages.u32(item + 8));
    } else if (pages.bytes[item] === itemTypes.inPage) {
      // Items are laid down from the end of the page, so this one ends where the one before it begins.
      const end = at + pages.u16(at + pageHeaderBytes + (index - 1) * 2);
      if (isHeader(pages.bytes.subarray(item + 1, end))) yield pages.bytes.subarray(item + 1, end);
    }
  }
}

/** The database also keeps its record counter as a small value; a header is never that short. */
function isHeader(value: Buffer): boolean {
  return value.length > 64;
}

function readChain(pages: Pages, firstPage: number, length: number): Buffer {
  if (length > pages.bytes.length) throw new RangeError("rpm header that is larger than its database");
  const value = Buffer.allocUnsafe(length);
  let filled = 0;
  for (let page = firstPage; page !== 0 && filled < length;) {
    const at = page * pages.pageSize;
    if (pages.bytes[at + 25] !== pageTypes.overflow) throw new RangeError("rpm database with a broken chain");
    const used = pages.u16(at + 22);
    const copied = pages.bytes.copy(value, filled, at + pageHeaderBytes, at + pageHeaderBytes + used);
    if (copied === 0) break;
    filled += copied;
    page = pages.u32(at + 16);
  }
  if (filled < length) throw new RangeError("rpm database with a header cut short");
  return value;
}
