import { type FileHandle, open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { invariant } from "@rampart/kernel";
import type { ByteChunks } from "../feeds/unpack.ts";

const bytesMax = 0xffff_ffff;
/** 1980-01-01: the same content gives the same archive, whenever it is written. */
const dosDate = 0x0021;

type Written = Readonly<{ name: Buffer; crc: number; size: number; at: number }>;

export type ZipWriter = Readonly<{
  /** Adds a file as it is, unpacked. */
  add(name: string, chunks: ByteChunks): Promise<void>;
  close(): Promise<void>;
}>;

/** Writes a zip archive whose files lie in it unpacked: what is in them is packed already. */
export async function writeZip(path: string): Promise<ZipWriter> {
  const file = await open(path, "wx");
  const written: Written[] = [];
  let at = 0;
  return {
    async add(name, chunks) {
      const entry = await addFile(file, at, { name, chunks });
      written.push(entry);
      at += 30 + entry.name.length + entry.size;
    },
    async close() {
      const directory = Buffer.concat(written.map(directoryEntry));
      const end = Buffer.alloc(22);
      end.writeUInt32LE(0x06054b50, 0);
      end.writeUInt16LE(written.length, 8);
      end.writeUInt16LE(written.length, 10);
      end.writeUInt32LE(directory.length, 12);
      end.writeUInt32LE(at, 16);
      await file.write(Buffer.concat([directory, end]), 0, null, at);
      await file.sync();
      await file.close();
    },
  };
}

type Added = Readonly<{ name: string; chunks: ByteChunks }>;

async function addFile(file: FileHandle, at: number, added: Added): Promise<Written> {
  const name = Buffer.from(added.name);
  let crc = 0;
  let size = 0;
  for await (const chunk of added.chunks) {
    await file.write(chunk, 0, chunk.length, at + 30 + name.length + size);
    crc = crc32(chunk, crc);
    size += chunk.length;
  }
  invariant(at + size < bytesMax, "a bundle stays below four gigabytes");
  const entry = { name, crc, size, at };
  await file.write(localHeader(entry), 0, null, at);
  return entry;
}

function localHeader({ name, crc, size }: Written): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  writeFacts(header, 4, { crc, size, nameBytes: name.length });
  return Buffer.concat([header, name]);
}

function directoryEntry({ name, crc, size, at }: Written): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(20, 4);
  writeFacts(header, 6, { crc, size, nameBytes: name.length });
  header.writeUInt32LE(at, 42);
  return Buffer.concat([header, name]);
}

/** The fields that both headers share, in the same order. */
function writeFacts(
  header: Buffer,
  at: number,
  facts: Readonly<{ crc: number; size: number; nameBytes: number }>,
): void {
  header.writeUInt16LE(20, at);
  header.writeUInt16LE(dosDate, at + 8);
  header.writeUInt32LE(facts.crc, at + 10);
  header.writeUInt32LE(facts.size, at + 14);
  header.writeUInt32LE(facts.size, at + 18);
  header.writeUInt16LE(facts.nameBytes, at + 22);
}
