import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Outage } from "@rampart/kernel";
import type { FeedAccess, Validators } from "../../contract.ts";
import type { OpeningFeeds } from "../../ports.ts";
import { mayBeFeed } from "./feed-kind.ts";
import { deltaName } from "../bundle/delta-name.ts";
import { feedLimits } from "./limits.ts";
import { type Asking, safeRequest } from "./safe-request.ts";

export type Downloaded = Readonly<{
  folder: string;
  /** What the servers called the versions that they sent, and those that they said are still the same. */
  validators: Validators;
  unchanged: readonly string[];
  close(): Promise<void>;
}>;

/**
 * Fetches one feed file, or every feed file that the page at the address names (an index, a list, JSON: any text). What
 * the server says is unchanged since `known` is not fetched again.
 */
export async function download(
  location: string,
  { known, access }: Pick<OpeningFeeds, "known" | "access">,
): Promise<Downloaded> {
  const folder = await mkdtemp(join(tmpdir(), "rampart-feeds-"));
  const close = () => rm(folder, { recursive: true, force: true });
  const validators: Record<string, string> = {};
  const unchanged: string[] = [];
  try {
    for (const address of await addressesAt(new URL(location), access)) {
      const validator = await save(address, { folder, access, known: known[address.href] });
      if (validator === "unchanged") unchanged.push(nameOf(address));
      const kept = validator === "unchanged" ? known[address.href] : validator;
      if (kept !== undefined) validators[address.href] = kept;
    }
    return { folder, validators, unchanged, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function addressesAt(location: URL, access: FeedAccess): Promise<readonly URL[]> {
  if (mayBeFeed(location.pathname)) return [location];
  const base = location.pathname.endsWith("/") ? location : new URL(`${location.pathname}/`, location);
  const text = await ask(location, { access, headers: {} }, (answer) => readText(answer));
  const names = new Set(
    text.match(/[A-Za-z0-9][A-Za-z0-9._-]{0,120}\.(?:jsonl?|csv|tsv|xml|zip)(?:\.gz|\.zst|\.xz)?\b/g) ?? [],
  );
  const feeds = [...names].filter((name) => mayBeFeed(name)).slice(0, feedLimits.filesMax);
  return feeds.map((name) => new URL(name, base));
}

async function readText(body: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of capped(body, feedLimits.listBytesMax)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

type Saving = Readonly<{ folder: string; access: FeedAccess; known: string | undefined }>;

/** Returns the server's name for this version of the file, if it has one. */
async function save(address: URL, { folder, access, known }: Saving): Promise<string | undefined> {
  // Where a Console serves its bundle, what has changed since the known version is enough (RFC 3229).
  const headers = known === undefined ? {} : { "if-none-match": known, "a-im": deltaName };
  return ask(address, { access, headers }, async (answer) => {
    if (answer.statusCode === 304) {
      answer.destroy();
      return "unchanged";
    }
    const path = join(folder, nameOf(address));
    await mkdir(dirname(path), { recursive: true });
    await pipeline(capped(answer, feedLimits.packedBytesMax), createWriteStream(path, { flags: "wx" }));
    return answer.headers.etag;
  });
}

/** Names that are the same wherever they lie, and take the name of their folder to be told apart. */
const common = /^(?:all|main|community|security|errata|updateinfo|index|json|data)\b/;

function nameOf(address: URL): string {
  const [name = "", parent = ""] = address.pathname
    .split("/")
    .toReversed()
    .map((part) => part.replaceAll(/[^\w.-]/g, "_"));
  const file = name === "" ? "feed" : name === "bundle" ? "bundle.rampart" : name;
  return common.test(file) && /^[A-Za-z0-9]/.test(parent) ? `${parent}/${file}` : file;
}

async function ask<Result>(
  address: URL,
  asking: Asking,
  read: (answer: IncomingMessage) => Promise<Result>,
): Promise<Result> {
  try {
    return await read(await safeRequest(address, asking));
  } catch (cause) {
    throw new Outage(address.host, cause);
  }
}

async function* capped(body: IncomingMessage, bytesMax: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of body) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > bytesMax) throw new Error(`answered with more than ${bytesMax} bytes`);
    yield part;
  }
}
