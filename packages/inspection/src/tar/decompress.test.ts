import { describe, expect, test } from "vitest";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { inChunks } from "../testing/archives.ts";
import { openDecompressor } from "./decompress.ts";

const limits = { layerBytesMax: 1_000_000, ratioFreeBytes: 100_000, ratioMax: 50 };
const text = Buffer.from("the same again and again, with a number ".repeat(300));
/** Digits of a chaotic sequence: hardly compressible, and the same in each run. */
const chaotic = Buffer.from(
  Array.from({ length: 50_000 }, (_, index) => Math.floor(Math.abs(Math.sin(index)) * 1e7) % 256),
);

async function unpack(bytes: Buffer, chunkBytes = 1000, given = limits): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const decompressor = openDecompressor(given, (piece) => pieces.push(Buffer.from(piece)));
  try {
    for await (const chunk of inChunks(bytes, chunkBytes)) await decompressor.write(chunk);
    await decompressor.end();
  } finally {
    decompressor.close();
  }
  return Buffer.concat(pieces);
}

describe("openDecompressor", () => {
  test.for([
    ["gzip", gzipSync(text)],
    ["gzip of several members", Buffer.concat([gzipSync(text.subarray(0, 100)), gzipSync(text.subarray(100))])],
    ["zstd", zstdCompressSync(text)],
    ["no compression", text],
  ] as const)("unpacks %s, whatever the chunks", async ([, packed]) => {
    for (const chunkBytes of [1, 3, 4096, packed.length]) expect(await unpack(packed, chunkBytes)).toEqual(text);
  });

  test.for([0, 1, 3])("passes on an archive of %i bytes", async (length) => {
    expect(await unpack(Buffer.alloc(length, "a"))).toHaveLength(length);
  });

  test.for([
    ["gzip cut short", gzipSync(chaotic).subarray(0, 3000)],
    ["gzip with a damaged middle", damaged(gzipSync(chaotic))],
    ["zstd cut short", zstdCompressSync(chaotic).subarray(0, 3000)],
    ["zstd with a damaged head", damaged(zstdCompressSync(chaotic), 4)],
  ] as const)("refuses %s", async ([, packed]) => {
    await expect(unpack(packed)).rejects.toMatchObject({ reason: "inspection.layer.damaged" });
  });

  test("refuses a bomb long before it has gone off", async () => {
    let seen = 0;
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const decompressor = openDecompressor(limits, (piece) => (seen += piece.length));
    await expect(decompressor.write(bomb).then(() => decompressor.end())).rejects.toMatchObject({
      kind: "limit",
      reason: "inspection.layer.over-limit",
    });
    expect(seen).toBeLessThan(1_000_000);
  });

  test("lets a small layer compress as well as it likes", async () => {
    expect(await unpack(gzipSync(Buffer.alloc(100_000)))).toHaveLength(100_000);
  });

  test("refuses more bytes than a layer may have, compressed or not", async () => {
    const plain = { ...limits, ratioMax: 10_000 };
    await expect(unpack(Buffer.alloc(1_000_001, "a"), 5000, plain)).rejects.toThrow("more than 1000000 bytes");
    await expect(unpack(gzipSync(Buffer.alloc(1_000_001)), 5000, plain)).rejects.toThrow("more than 1000000 bytes");
  });

  test("says so when the compression is one that is not read", async () => {
    const xz = Buffer.concat([Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]), Buffer.alloc(100)]);
    await expect(unpack(xz)).rejects.toThrow("compressed with xz");
  });
});

function damaged(packed: Buffer, at = 20): Buffer {
  const broken = Buffer.from(packed);
  broken.fill(0xff, at, at + 40);
  return broken;
}
