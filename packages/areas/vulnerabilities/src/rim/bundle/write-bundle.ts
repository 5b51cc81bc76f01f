import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { bundleForm, bundleNames, type BundledFeed, type BundleManifest } from "../../core/bundle-manifest.ts";
import type { FeedFile } from "../../ports.ts";
import { writeIndex, type BundleIndex } from "./bundle-index.ts";
import { contentOf, feedLines, noteLine, type ContentIndex, type FeedLine } from "./feed-lines.ts";
import type { SigningKey } from "./keys.ts";
import { writeZip, type ZipWriter } from "./write-zip.ts";

type Writing = Readonly<{
  feeds: readonly FeedFile[];
  /** Where the bundle goes; beside it an index for the next delta. */
  out: string;
  key: SigningKey;
  origin: string;
  sequence: number;
  createdAt: Date;
  /** The index of an earlier bundle: only what changed since goes in. */
  base: BundleIndex | null;
}>;

/** Writes all feeds into one signed file. It appears under its name when it is complete. */
export async function writeBundle(writing: Writing): Promise<BundleManifest> {
  const { out, feeds, key, base, origin, sequence, createdAt } = writing;
  const folder = await mkdtemp(join(dirname(out), ".bundle-"));
  try {
    const zip = await writeZip(join(folder, "bundle"));
    const indexes = new Map<string, ContentIndex>();
    const bundled: BundledFeed[] = [];
    for (const [at, feed] of feeds.entries()) {
      const { entry, index } = await addFeed(zip, feed, {
        path: join(folder, "part"),
        name: `feeds/${at + 1}.jsonl.gz`,
        base: base?.feeds.get(feed.file) ?? null,
      });
      indexes.set(feed.file, index);
      bundled.push(entry);
    }
    const manifest: BundleManifest = {
      form: bundleForm,
      origin,
      sequence,
      baseSequence: base?.sequence ?? null,
      createdAt: createdAt.toISOString(),
      key: key.fingerprint,
      feeds: bundled,
    };
    const text = Buffer.from(JSON.stringify(manifest, null, 1));
    await zip.add(bundleNames.manifest, Readable.from([text]));
    await zip.add(bundleNames.signature, Readable.from([Buffer.from(key.sign(text))]));
    await zip.close();
    await writeIndex(join(folder, "index"), { sequence, feeds: indexes });
    await rename(join(folder, "index"), `${out}.index`);
    await rename(join(folder, "bundle"), out);
    return manifest;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Part = Readonly<{ path: string; name: string; base: ContentIndex | null }>;

async function addFeed(
  zip: ZipWriter,
  feed: FeedFile,
  { path, name, base }: Part,
): Promise<{ entry: BundledFeed; index: ContentIndex }> {
  const { index, dataAsOf } = await indexOf(feed);
  const content = contentOf(index);
  const known = base === null ? null : contentOf(base);
  const { file, kind } = feed;
  const format = kind === "osv" ? feed.format : "cve-lines";
  const facts = { file, kind, format, dataAsOf, records: index.size, content, base: known };
  if (known === content) return { entry: { ...facts, part: null }, index };
  await pipeline(
    Readable.from(base === null ? wholeLines(feed) : deltaLines(feed, index, base)),
    createGzip(),
    createWriteStream(path),
  );
  const part = { name, sha256: await hashOf(path), sizeBytes: (await stat(path)).size };
  await zip.add(name, createReadStream(path));
  return { entry: { ...facts, part }, index };
}

async function indexOf(feed: FeedFile): Promise<{ index: ContentIndex; dataAsOf: string | null }> {
  const index: ContentIndex = new Map();
  let dataAsOf: string | null = null;
  for await (const line of feedLines(feed)) {
    noteLine(index, line);
    if (line.date !== null && (dataAsOf === null || line.date > dataAsOf)) dataAsOf = line.date;
  }
  return { index, dataAsOf };
}

async function* wholeLines(feed: FeedFile): AsyncGenerator<string> {
  for await (const { text } of feedLines(feed)) yield `${text}\n`;
}

/** Everything about the ids that are new or different, and the ids that are gone. */
async function* deltaLines(feed: FeedFile, index: ContentIndex, base: ContentIndex): AsyncGenerator<string> {
  const isNew = ({ id }: FeedLine) => index.get(id) !== base.get(id);
  for await (const line of feedLines(feed)) if (isNew(line)) yield `${line.text}\n`;
  for (const id of base.keys()) if (!index.has(id)) yield `${JSON.stringify({ removed: id })}\n`;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}
