export type ElfShape = Readonly<{
  /** What is loaded to be read, then what is loaded to be written. */
  text?: Buffer;
  data?: Buffer;
  /** Sections that are not loaded, by name. */
  sections?: Readonly<Record<string, Buffer>>;
}>;

const headerBytes = 64;
const segmentBytes = 56;
const sectionBytes = 64;
const loaded = 1;
const flags = { read: 4, write: 2, execute: 1 } as const;

/** A 64-bit little-endian ELF file as a linker lays it out: headers, segments, other sections, table of sections. */
export function buildElf({ text = Buffer.alloc(70_000, 1), data = Buffer.alloc(0), sections = {} }: ElfShape): Buffer {
  const textAt = 4096;
  const dataAt = textAt + Math.ceil(text.length / 4096) * 4096;
  const tail = layOut(dataAt + data.length, { ...sections, ".shstrtab": namesOf(sections) });
  const header = buildHeader(tail.tableAt, tail.count);
  const segments = [
    buildSegment(textAt, text.length, flags.read | flags.execute),
    buildSegment(dataAt, data.length, flags.read | flags.write),
  ];
  const front = Buffer.concat([header, ...segments]);
  const body = Buffer.alloc(dataAt + data.length);
  front.copy(body);
  text.copy(body, textAt);
  data.copy(body, dataAt);
  return Buffer.concat([body, tail.bytes]);
}

function buildHeader(tableAt: number, sections: number): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.write("\x7fELF\x02\x01\x01", "latin1");
  header.writeBigUInt64LE(BigInt(headerBytes), 32);
  header.writeBigUInt64LE(BigInt(tableAt), 40);
  header.writeUInt16LE(segmentBytes, 54);
  header.writeUInt16LE(2, 56);
  header.writeUInt16LE(sectionBytes, 58);
  header.writeUInt16LE(sections, 60);
  header.writeUInt16LE(sections - 1, 62);
  return header;
}

function buildSegment(at: number, size: number, rights: number): Buffer {
  const segment = Buffer.alloc(segmentBytes);
  segment.writeUInt32LE(loaded, 0);
  segment.writeUInt32LE(rights, 4);
  segment.writeBigUInt64LE(BigInt(at), 8);
  segment.writeBigUInt64LE(BigInt(size), 32);
  return segment;
}

function namesOf(sections: Readonly<Record<string, Buffer>>): Buffer {
  return Buffer.from(`\0${[...Object.keys(sections), ".shstrtab"].join("\0")}\0`);
}

function layOut(from: number, sections: Readonly<Record<string, Buffer>>) {
  const parts: Buffer[] = [];
  const rows: Buffer[] = [];
  let at = from;
  let nameAt = 1;
  for (const [name, body] of Object.entries(sections)) {
    const row = Buffer.alloc(sectionBytes);
    row.writeUInt32LE(nameAt, 0);
    row.writeBigUInt64LE(BigInt(at), 24);
    row.writeBigUInt64LE(BigInt(body.length), 32);
    rows.push(row);
    parts.push(body);
    at += body.length;
    nameAt += name.length + 1;
  }
  return { bytes: Buffer.concat([...parts, ...rows]), tableAt: at, count: rows.length };
}
