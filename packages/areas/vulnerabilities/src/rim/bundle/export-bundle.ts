import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Refusal } from "@rampart/kernel";
import type { FeedFile } from "../../ports.ts";
import type { SigningKey } from "./keys.ts";
import { writeBundle } from "./write-bundle.ts";

type Exporting = Readonly<{ feeds: readonly FeedFile[]; key: SigningKey; origin: string; now: Date }>;

export type ExportedBundle = Readonly<{ fileName: string; chunks: AsyncIterable<Uint8Array> }>;

/** Writes a bundle to a file of its own and hands it out from there; the file is gone when it was read or left. */
export async function exportBundle({ feeds, key, origin, now }: Exporting): Promise<ExportedBundle> {
  if (feeds.length === 0) {
    throw new Refusal(
      "precondition",
      "vulnerabilities.bundle.empty",
      "No advisories are loaded that could be exported.",
    );
  }
  const folder = await mkdtemp(join(tmpdir(), "rampart-bundle-"));
  const out = join(folder, "bundle.rampart");
  const sequence = sequenceAt(now);
  try {
    await writeBundle({ feeds, out, key, origin, sequence, createdAt: now, base: null });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return { fileName: `intelligence-${sequence}.rampart`, chunks: readAndRemove(out, folder) };
}

/** Numbers bundles by the second in which they were made: whoever makes them needs no memory. */
export function sequenceAt(now: Date): number {
  return Math.floor(now.getTime() / 1_000);
}

async function* readAndRemove(path: string, folder: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path)) yield Buffer.from(chunk);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
