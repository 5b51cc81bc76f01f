import { rmSync } from "node:fs";
import { mkdtemp, open, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Refusal } from "@rampart/kernel";
import type { StoredFeeds } from "../../verbs/list-stored-feeds.ts";
import { readIndex } from "./bundle-index.ts";
import type { SigningKey } from "./keys.ts";
import { nextSequence } from "./next-sequence.ts";
import { writeBundle } from "./write-bundle.ts";

type Asked = Readonly<{
  stored: StoredFeeds;
  key: SigningKey;
  origin: string;
  now: Date;
  /** Names of the versions that the client has, as `If-None-Match` writes them. */
  held: string | null;
  takesDelta: boolean;
}>;

export type ServedBundle =
  | Readonly<{ kind: "unchanged"; etag: string; base: null }>
  | Readonly<{
      kind: "bundle";
      etag: string;
      /** The version that a delta builds on; null for a whole bundle. */
      base: string | null;
      fileName: string;
      chunks: AsyncIterable<Uint8Array>;
    }>;

export type BundleShelf = Readonly<{ serve(asked: Asked): Promise<ServedBundle> }>;

/** Revisions on which a delta can build. Who was away for longer gets a whole bundle. */
const basesMax = 8;

/**
 * Bundles as files, each made once and handed to all who ask. What they held is kept for a few revisions, so that who
 * comes back gets only what has changed. Nothing is lost with the process but the deltas of its successor.
 */
export function bundleShelf(): BundleShelf {
  const folder = temporaryFolder();
  /** By name of the file. One is made at a time, since each reads all advisories. */
  const files = new Map<string, Promise<unknown>>();
  const sequences = new Map<number, number>();
  let queue: Promise<unknown> = Promise.resolve();

  async function make(name: string, asked: Asked, base: number | null): Promise<void> {
    const { revision, feeds } = asked.stored;
    const at = await folder();
    const index = base === null ? null : await readIndex(indexAt(at, base));
    const sequence = sequences.get(revision) ?? nextSequence(asked.now, index);
    const { key, origin, now: createdAt } = asked;
    await writeBundle({ feeds, out: join(at, name), key, origin, sequence, createdAt, base: index });
    await rename(join(at, `${name}.index`), indexAt(at, revision));
    sequences.set(revision, sequence);
    await forgetOld(at, revision);
  }

  async function forgetOld(at: string, newest: number): Promise<void> {
    for (const name of files.keys()) {
      if (revisionOf(name) >= newest) continue;
      files.delete(name);
      await rm(join(at, name), { force: true });
    }
    for (const revision of [...sequences.keys()].toSorted((left, right) => right - left).slice(basesMax)) {
      sequences.delete(revision);
      await rm(indexAt(at, revision), { force: true });
    }
  }

  /** Waits for the file, or has it made after those that wait already; one that fails is tried anew by the next. */
  async function ready(name: string, asked: Asked, base: number | null): Promise<void> {
    const making = files.get(name) ?? (queue = queue.catch(() => undefined).then(() => make(name, asked, base)));
    files.set(name, making);
    try {
      await making;
    } catch (error) {
      files.delete(name);
      throw error;
    }
  }

  return {
    async serve(asked) {
      const { revision, feeds } = asked.stored;
      if (feeds.length === 0) throw nothingLoaded();
      const etag = nameVersion(asked.key, revision);
      const held = heldRevisions(asked);
      if (held.includes(revision)) return { kind: "unchanged", etag, base: null };
      const base = asked.takesDelta ? (held.find((one) => one < revision && sequences.has(one)) ?? null) : null;
      const name = `${revision}-${base ?? "whole"}.rampart`;
      await ready(name, asked, base);
      // Opened before it can be forgotten: what is open can be read to its end.
      const file = await open(join(await folder(), name));
      const fileName = `intelligence-${sequences.get(revision) ?? revision}.rampart`;
      const from = base === null ? null : nameVersion(asked.key, base);
      return { kind: "bundle", etag, base: from, fileName, chunks: file.createReadStream() };
    },
  };
}

function nothingLoaded(): Refusal {
  return new Refusal(
    "precondition",
    "vulnerabilities.bundle.empty",
    "No advisories are loaded that could be exported.",
  );
}

const indexAt = (folder: string, revision: number): string => join(folder, `${revision}.index`);
const revisionOf = (name: string): number => Number.parseInt(name, 10);

/** Versions are named by key and revision, so that every process of an installation gives the same name. */
function nameVersion({ fingerprint }: SigningKey, revision: number): string {
  return `"${fingerprint.slice(0, 16)}-${revision}"`;
}

function heldRevisions({ held, key }: Asked): readonly number[] {
  const known = (held ?? "").match(/"[0-9a-f]{16}-\d{1,15}"/g) ?? [];
  const own = key.fingerprint.slice(0, 16);
  return known.filter((etag) => etag.startsWith(`"${own}-`)).map((etag) => Number(etag.slice(own.length + 2, -1)));
}

/** Made when it is first needed, and gone with the process. */
function temporaryFolder(): () => Promise<string> {
  let made: Promise<string> | undefined;
  return () =>
    (made ??= mkdtemp(join(tmpdir(), "rampart-bundles-")).then((path) => {
      process.once("exit", () => rmSync(path, { recursive: true, force: true }));
      return path;
    }));
}
