import { createGunzip, createZstdDecompress } from "node:zlib";
import type { Gunzip, ZstdDecompress } from "node:zlib";
import { messageOf, Refusal } from "@rampart/kernel";

export type DecompressLimits = Readonly<{ layerBytesMax: number; ratioFreeBytes: number; ratioMax: number }>;
/** Takes compressed bytes; `write` resolves when it is ready for more. */
export type Decompressor = { write(chunk: Buffer): Promise<void>; end(): Promise<void>; close(): void };

const magicBytes = 4;
const outputChunkBytes = 256 * 1024;
const unsupportedMagics = [
  ["xz", Buffer.from([0xfd, 0x37, 0x7a, 0x58])],
  ["bzip2", Buffer.from("BZh")],
] as const;

/** Unpacks gzip, zstd or nothing, told apart by the first bytes, and stops what grows beyond all measure. */
export function openDecompressor(limits: DecompressLimits, onBytes: (bytes: Buffer) => void): Decompressor {
  const meter = new Meter(limits, onBytes);
  let head: Buffer = Buffer.alloc(0);
  let inner: Decompressor | null = null;
  const start = async () => {
    inner = openFor(head, meter);
    if (head.length > 0) await inner.write(head);
  };
  return {
    async write(chunk) {
      meter.bytesIn += chunk.length;
      if (inner !== null) return inner.write(chunk);
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      if (head.length >= magicBytes) await start();
    },
    async end() {
      if (inner === null) await start();
      await inner?.end();
    },
    close: () => inner?.close(),
  };
}

class Meter {
  readonly #limits: DecompressLimits;
  readonly #onBytes: (bytes: Buffer) => void;
  bytesIn = 0;
  #bytesOut = 0;

  constructor(limits: DecompressLimits, onBytes: (bytes: Buffer) => void) {
    this.#limits = limits;
    this.#onBytes = onBytes;
  }

  readonly pass = (bytes: Buffer): void => {
    this.#bytesOut += bytes.length;
    const { layerBytesMax, ratioFreeBytes, ratioMax } = this.#limits;
    const isBomb = this.#bytesOut > ratioFreeBytes && this.#bytesOut > this.bytesIn * ratioMax;
    if (isBomb || this.#bytesOut > layerBytesMax) {
      const what = isBomb ? `more than ${ratioMax} times its size` : `more than ${layerBytesMax} bytes`;
      throw new Refusal("limit", "inspection.layer.over-limit", `The layer unpacks to ${what}.`);
    }
    this.#onBytes(bytes);
  };
}

function openFor(head: Buffer, meter: Meter): Decompressor {
  if (head[0] === 0x1f && head[1] === 0x8b) return throughZlib(createGunzip({ chunkSize: outputChunkBytes }), meter);
  if (isZstd(head)) return throughZlib(createZstdDecompress({ chunkSize: outputChunkBytes }), meter);
  const unsupported = unsupportedMagics.find(([, magic]) => head.subarray(0, magic.length).equals(magic));
  if (unsupported !== undefined) {
    const message = `The layer is compressed with ${unsupported[0]}, which is not read; use gzip or zstd.`;
    throw new Refusal("invalid", "inspection.layer.encoding", message);
  }
  return { write: async (chunk) => meter.pass(chunk), end: async () => {}, close: () => {} };
}

function isZstd(head: Buffer): boolean {
  if (head.length < magicBytes) return false;
  const magic = head.readUInt32LE(0);
  return magic === 0xfd2fb528 || (magic & 0xfffffff0) >>> 0 === 0x184d2a50;
}

function throughZlib(zlib: Gunzip | ZstdDecompress, meter: Meter): Decompressor {
  let failure: Error | null = null;
  const ended = new Promise<void>((resolve) => zlib.once("close", resolve));
  zlib.on("error", (error) => {
    failure ??= new Refusal("invalid", "inspection.layer.damaged", `The layer does not unpack: ${messageOf(error)}.`);
  });
  zlib.on("data", (bytes: Buffer) => {
    try {
      if (failure === null) meter.pass(bytes);
    } catch (error) {
      failure = error instanceof Error ? error : new Error(messageOf(error));
      zlib.destroy();
    }
  });
  const stopOnFailure = () => {
    if (failure !== null) throw failure;
  };
  return {
    async write(chunk) {
      stopOnFailure();
      if (!zlib.write(chunk)) await Promise.race([new Promise((resolve) => zlib.once("drain", resolve)), ended]);
      stopOnFailure();
    },
    async end() {
      stopOnFailure();
      zlib.end();
      await ended;
      stopOnFailure();
    },
    close: () => zlib.destroy(),
  };
}
