import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { Refusal } from "@rampart/kernel";
import { z } from "zod";
import type { ContentIndex } from "./feed-lines.ts";

/** What a bundle held, entry by entry: stays with whoever makes bundles, so that the next one can be a delta. */
export type BundleIndex = Readonly<{ sequence: number; feeds: ReadonlyMap<string, ContentIndex> }>;

const Head = z.object({ sequence: z.int().positive() });
const Line = z.tuple([z.string().max(512), z.string().max(512), z.string().max(1_000_000)]);

export async function writeIndex(path: string, { sequence, feeds }: BundleIndex): Promise<void> {
  await pipeline(Readable.from(linesOf(sequence, feeds)), createGzip(), createWriteStream(path));
}

function* linesOf(sequence: number, feeds: BundleIndex["feeds"]): Generator<string> {
  yield `${JSON.stringify({ sequence })}\n`;
  for (const [file, index] of feeds) for (const [id, hash] of index) yield `${JSON.stringify([file, id, hash])}\n`;
}

export async function readIndex(path: string): Promise<BundleIndex> {
  const feeds = new Map<string, ContentIndex>();
  let sequence = 0;
  try {
    for await (const line of createInterface(createReadStream(path).pipe(createGunzip()))) {
      if (sequence === 0) {
        ({ sequence } = Head.parse(JSON.parse(line)));
        continue;
      }
      const [file, id, hash] = Line.parse(JSON.parse(line));
      const index = feeds.get(file) ?? new Map<string, string>();
      feeds.set(file, index.set(id, hash));
    }
  } catch {
    throw new Refusal("invalid", "vulnerabilities.bundle.index", `${path} is no index of a bundle.`);
  }
  return { sequence, feeds };
}
