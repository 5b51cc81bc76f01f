import { createHash } from "node:crypto";
import { Refusal } from "@rampart/kernel";
import { z } from "zod";
import { BundleManifest, bundleNames, type BundledFeed } from "../../core/bundle-manifest.ts";
import { BadFeed } from "../../core/bad-feed.ts";
import { BadEntry, type FeedEntry } from "../../core/feeds/feed-entry.ts";
import { readCveForm } from "../../core/read-cve-form.ts";
import type { FeedFile } from "../../ports.ts";
import type { Member } from "../feeds/member.ts";
import { readLines } from "../feeds/read-lines.ts";
import { gunzip } from "../feeds/unpack.ts";
import { zipMembers } from "../feeds/zip-file.ts";
import type { TrustedKey } from "./keys.ts";

const manifestBytesMax = 8 * 1024 ** 2;

export type OpenBundle = Readonly<{ manifest: BundleManifest; files: readonly FeedFile[] }>;

/** True for a file that begins like a bundle; what it is worth, its signature says. */
export async function isBundle(path: string): Promise<boolean> {
  try {
    return (
      (await findMember(path, bundleNames.manifest)) !== null &&
      (await findMember(path, bundleNames.signature)) !== null
    );
  } catch (error) {
    if (error instanceof BadEntry) return false;
    throw error;
  }
}

/**
 * Opens a bundle after its signature and the hash of each part were checked: nothing of a bundle that was touched comes
 * into force.
 */
export async function openBundle(path: string, keys: readonly TrustedKey[]): Promise<OpenBundle> {
  try {
    const text = await readSmall(path, bundleNames.manifest);
    const signature = (await readSmall(path, bundleNames.signature)).toString("utf8");
    const manifest = readManifest(text);
    checkSignature(manifest, { text, signature, keys });
    for (const feed of manifest.feeds) await checkPart(path, feed);
    const { origin, sequence } = manifest;
    return { manifest, files: manifest.feeds.map((feed) => toFeed(path, feed, `${origin}, bundle ${sequence}`)) };
  } catch (error) {
    throw error instanceof BadEntry ? untrusted(`it ${error.message}`) : error;
  }
}

function untrusted(reason: string): Refusal {
  return new Refusal("invalid", "vulnerabilities.bundle.untrusted", `The bundle is refused: ${reason}.`);
}

function readManifest(text: Buffer): BundleManifest {
  try {
    return BundleManifest.parse(JSON.parse(text.toString("utf8")));
  } catch {
    throw untrusted("its manifest cannot be read");
  }
}

type Signed = Readonly<{ text: Buffer; signature: string; keys: readonly TrustedKey[] }>;

function checkSignature({ key: fingerprint }: BundleManifest, { text, signature, keys }: Signed): void {
  const key = keys.find((one) => one.fingerprint === fingerprint);
  if (key === undefined) {
    throw untrusted(
      `the key ${fingerprint.slice(0, 16)}… that signed it is not trusted here; add its public half first`,
    );
  }
  if (!key.verify(text, signature)) throw untrusted("its signature does not fit");
}

async function checkPart(path: string, { file, part }: BundledFeed): Promise<void> {
  if (part === null) return;
  const hash = createHash("sha256");
  for await (const chunk of (await memberOf(path, part.name)).bytes()) hash.update(chunk);
  if (hash.digest("hex") !== part.sha256) throw untrusted(`the part with ${file} was changed`);
}

async function readSmall(path: string, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of (await memberOf(path, name)).bytes()) {
    bytes += chunk.length;
    if (bytes > manifestBytesMax) throw untrusted(`${name} is too long`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function memberOf(path: string, name: string): Promise<Member> {
  const found = await findMember(path, name);
  if (found === null) throw untrusted(`${name} is missing`);
  return found;
}

/** A member that can be read at any time: it opens the archive anew. */
async function findMember(path: string, wanted: string): Promise<Member | null> {
  for await (const { name } of zipMembers(path)) if (name === wanted) return { name, bytes: () => bytesOf(path, name) };
  return null;
}

async function* bytesOf(path: string, wanted: string): AsyncGenerator<Buffer> {
  for await (const { name, bytes } of zipMembers(path)) {
    if (name !== wanted) continue;
    yield* bytes();
    return;
  }
}

function toFeed(path: string, feed: BundledFeed, origin: string): FeedFile {
  const { file, kind, format, part, content, base } = feed;
  return {
    file,
    kind,
    format,
    origin,
    sizeBytes: part?.sizeBytes ?? 0,
    sha256: content,
    ...(base !== null && { base }),
    async *entries() {
      if (part === null) return;
      try {
        for await (const entry of readLines(gunzip(bytesOf(path, part.name)))) yield toEntry(entry, feed);
      } catch (error) {
        throw error instanceof BadEntry ? new BadFeed(file, error.place, error.message) : error;
      }
    },
  };
}

const Removed = z.strictObject({ removed: z.string().min(1).max(256) });

function toEntry(entry: FeedEntry, { kind, base }: BundledFeed): FeedEntry {
  if (!("text" in entry)) return entry;
  const { place, text } = entry;
  const removed = base !== null && text.startsWith('{"removed":') ? Removed.safeParse(JSON.parse(text)) : null;
  if (removed?.success === true) return { place, removed: removed.data.removed };
  return kind === "osv" ? entry : { place, cve: readCveForm(text, place) };
}
