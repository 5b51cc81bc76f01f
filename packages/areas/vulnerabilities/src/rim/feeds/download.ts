import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Outage } from "@rampart/kernel";
import { feedKind } from "./feed-kind.ts";
import { feedLimits } from "./limits.ts";

export type Downloaded = Readonly<{ folder: string; close(): Promise<void> }>;

/**
 * Fetches one feed file, or every feed file that the page at the address names (an index, a list, JSON: any text).
 * An address is an administrator's choice; still it is followed nowhere else, and nothing of its answer is shown.
 */
export async function download(location: string): Promise<Downloaded> {
  const folder = await mkdtemp(join(tmpdir(), "rampart-feeds-"));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    for (const address of await addressesAt(new URL(location))) await save(address, folder);
    return { folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function addressesAt(location: URL): Promise<readonly URL[]> {
  if (feedKind(location.pathname) !== null) return [location];
  const base = location.pathname.endsWith("/") ? location : new URL(`${location.pathname}/`, location);
  const text = await request(location, (body) => readText(body));
  const names = new Set(text.match(/[A-Za-z0-9][A-Za-z0-9._-]{0,120}\.(?:jsonl|csv|tsv)\.gz/g) ?? []);
  const feeds = [...names].filter((name) => feedKind(name) !== null).slice(0, feedLimits.filesMax);
  return feeds.map((name) => new URL(name, base));
}

async function readText(body: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of capped(body, feedLimits.listBytesMax)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

async function save(address: URL, folder: string): Promise<void> {
  const name = address.pathname.slice(address.pathname.lastIndexOf("/") + 1);
  await request(address, (body) =>
    pipeline(capped(body, feedLimits.packedBytesMax), createWriteStream(join(folder, name), { flags: "wx" })),
  );
}

async function request<Result>(address: URL, read: (body: Readable) => Promise<Result>): Promise<Result> {
  try {
    const answer = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(feedLimits.downloadMs) });
    if (!answer.ok || answer.body === null) throw new Error(`answered with status ${answer.status}`);
    return await read(Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0])); // DOM and Node name one type twice
  } catch (cause) {
    throw new Outage(address.host, cause);
  }
}

async function* capped(body: Readable, bytesMax: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of body) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > bytesMax) throw new Error(`answered with more than ${bytesMax} bytes`);
    yield part;
  }
}
