import { readFile } from "node:fs/promises";
import { messageOf, Refusal } from "@rampart/kernel";
import { openFeeds } from "../feeds/open-feeds.ts";
import { readIndex } from "./bundle-index.ts";
import { signingKeyFromPem } from "./keys.ts";
import { nextSequence } from "./next-sequence.ts";
import { writeBundle } from "./write-bundle.ts";

type Bundling = Readonly<{
  location: string;
  out: string;
  /** File with the private key in PEM form. */
  keyFile: string;
  origin: string;
  /** Index of the bundle before: only what changed since goes in. */
  baseIndex: string | null;
  now: Date;
}>;

export type BundledFolder = Readonly<{
  sequence: number;
  fingerprint: string;
  publicKey: string;
  feeds: readonly Readonly<{ file: string; records: number; bytes: number; form: "whole" | "delta" | "unchanged" }>[];
}>;

/** Puts the feeds of a folder or address into one signed file, without a Console. */
export async function bundleFolder(asked: Bundling): Promise<BundledFolder> {
  const { location, out, origin, baseIndex, now } = asked;
  const key = signingKeyFromPem(await readText(asked.keyFile));
  const base = baseIndex === null ? null : await readIndex(baseIndex);
  const { files, close } = await openFeeds(location);
  try {
    const sequence = nextSequence(now, base);
    const manifest = await writeBundle({ feeds: files, out, key, origin, sequence, createdAt: now, base });
    const { fingerprint, publicKey } = key;
    return { sequence, fingerprint, publicKey, feeds: manifest.feeds.map(toRow) };
  } finally {
    await close();
  }
}

function toRow({ file, records, part, base }: Awaited<ReturnType<typeof writeBundle>>["feeds"][number]) {
  const form = part === null ? ("unchanged" as const) : base === null ? ("whole" as const) : ("delta" as const);
  return { file, records, bytes: part?.sizeBytes ?? 0, form };
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new Refusal("invalid", "vulnerabilities.bundle.key", `The key ${path} cannot be read: ${messageOf(error)}.`);
  }
}
