import { isWithin } from "./byte-ranges.ts";
import type { ByteRange, ProgramPlan } from "./byte-ranges.ts";

const magic = 0x7f454c46;
const segmentLoad = 1;
const segmentHeaders = 6;
const pageBytes = 4096;
const flags = { executable: 1, writable: 2 } as const;
const segmentsMax = 128;
const sectionsMax = 10_000;

type Numbers = Readonly<{ u16(at: number): number; u32(at: number): number; word(at: number): number; wide: boolean }>;
type Segment = ByteRange & Readonly<{ flags: number }>;

export function isElf(head: Buffer): boolean {
  return head.length >= 4 && head.readUInt32BE(0) === magic;
}

/**
 * Reads the program headers, which stand at the front. Sections that are never loaded, cargo-auditable's among them,
 * follow the last segment, and the table that names them is the end of the file.
 */
export function planElf(head: Buffer, size: number): ProgramPlan {
  const segments = readSegments(head).filter((segment) => isWithin(segment, size));
  const isData = (segment: Segment) =>
    (segment.flags & flags.writable) !== 0 && (segment.flags & flags.executable) === 0;
  const loadedTo = segments.reduce((end, { to }) => Math.max(end, to), 0);
  const tail = { from: loadedTo, to: size, sections: true };
  return { goData: segments.filter(isData), rustAudit: loadedTo > 0 && loadedTo < size ? tail : null };
}

/** Go's own linker lays the program headers out as a page of their own; other linkers align them to a word. */
export function isLinkedByGo(head: Buffer): boolean {
  if (!isElf(head)) return false;
  const { u16, u32, word, wide } = numbersOf(head);
  const first = word(wide ? 32 : 28);
  return u16(wide ? 56 : 44) > 0 && u32(first) === segmentHeaders && word(first + (wide ? 48 : 28)) >= pageBytes;
}

function readSegments(head: Buffer): Segment[] {
  const { u16, u32, word, wide } = numbersOf(head);
  const first = word(wide ? 32 : 28);
  const entryBytes = u16(wide ? 54 : 42);
  const count = Math.min(u16(wide ? 56 : 44), segmentsMax);
  const segments: Segment[] = [];
  for (let index = 0; index < count; index += 1) {
    const at = first + index * entryBytes;
    if (u32(at) !== segmentLoad) continue;
    const from = word(at + (wide ? 8 : 4));
    segments.push({ from, to: from + word(at + (wide ? 32 : 16)), flags: u32(at + (wide ? 4 : 24)) });
  }
  return segments;
}

/** Finds a section by name in the file's tail; null when it has none, or its table lies elsewhere. */
export function findElfSection(head: Buffer, tail: Buffer, tailAt: number, name: string): Buffer | null {
  const { u16, word, wide } = numbersOf(head);
  const table = word(wide ? 40 : 32) - tailAt;
  const entryBytes = u16(wide ? 58 : 46);
  const count = u16(wide ? 60 : 48);
  if (table < 0 || count > sectionsMax || table + count * entryBytes > tail.length) return null;
  const rows = numbersIn(tail, isLittleEndian(head), wide);
  const place = (index: number): ByteRange => {
    const at = table + index * entryBytes;
    const from = rows.word(at + (wide ? 24 : 16)) - tailAt;
    return { from, to: from + rows.word(at + (wide ? 32 : 20)) };
  };
  const names = place(u16(wide ? 62 : 50));
  if (!isWithin(names, tail.length)) return null;
  for (let index = 0; index < count; index += 1) {
    const nameAt = names.from + rows.u32(table + index * entryBytes);
    if (tail.toString("latin1", nameAt, nameAt + name.length + 1) !== `${name}\0`) continue;
    const section = place(index);
    return isWithin(section, tail.length) ? tail.subarray(section.from, section.to) : null;
  }
  return null;
}

function numbersOf(head: Buffer): Numbers {
  return numbersIn(head, isLittleEndian(head), head[4] === 2);
}

function isLittleEndian(head: Buffer): boolean {
  return head[5] !== 2;
}

function numbersIn(bytes: Buffer, isLittle: boolean, wide: boolean): Numbers {
  const u16 = (at: number) => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const u32 = (at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const u64 = (at: number) => Number(isLittle ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  return { u16, u32, word: wide ? u64 : u32, wide };
}
