import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { messageOf, Refusal } from "@rampart/kernel";
import type { FeedFile, FeedFolder } from "../../ports.ts";
import { download } from "./download.ts";
import { feedKind, orderFeeds } from "./feed-kind.ts";
import { feedLimits } from "./limits.ts";
import { readLines } from "./read-lines.ts";

/** Opens a folder, a single file, or an http(s) address of either. */
export async function openFeeds(location: string): Promise<FeedFolder> {
  if (/^https?:\/\//i.test(location)) {
    const { folder, close } = await download(location);
    return { files: await filesOf(folder, location), close };
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(location))
    throw unusable(location, "only folders, files and http(s) addresses can be read");
  return { files: await filesOf(location, resolve(location)), close: async () => undefined };
}

async function filesOf(path: string, origin: string): Promise<readonly FeedFile[]> {
  const names = await namesAt(path, origin);
  const files = await Promise.all(names.map(({ folder, file }) => openFile(join(folder, file), file, origin)));
  const feeds = orderFeeds(files.filter((file) => file !== null));
  if (feeds.length === 0)
    throw unusable(
      origin,
      "it holds no feed file (*.osv.jsonl.gz, kev.jsonl.gz, epss.csv.gz, cvss.tsv.gz, poc.tsv.gz)",
    );
  return feeds;
}

async function namesAt(path: string, origin: string): Promise<readonly Readonly<{ folder: string; file: string }>[]> {
  try {
    const found = await stat(path);
    if (!found.isDirectory()) return [{ folder: dirname(path), file: basename(path) }];
    const names = (await readdir(path)).filter((name) => feedKind(name) !== null);
    if (names.length <= feedLimits.filesMax) return names.map((file) => ({ folder: path, file }));
  } catch (error) {
    throw unusable(origin, messageOf(error));
  }
  throw unusable(origin, `it holds more than ${feedLimits.filesMax} feed files`);
}

async function openFile(path: string, file: string, origin: string): Promise<FeedFile | null> {
  const kind = feedKind(file);
  if (kind === null) return null;
  const { size } = await stat(path);
  if (size > feedLimits.packedBytesMax)
    throw unusable(origin, `${file} is larger than ${feedLimits.packedBytesMax} bytes`);
  return { file, kind, origin, sizeBytes: size, sha256: await hashOf(path), lines: () => readLines(path, file) };
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}

export function unusable(location: string, reason: string): Refusal {
  return new Refusal(
    "invalid",
    "vulnerabilities.feeds.unreadable",
    `The advisories at "${location}" cannot be read: ${reason}.`,
  );
}
