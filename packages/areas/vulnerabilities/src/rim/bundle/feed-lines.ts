import { createHash } from "node:crypto";
import { readCveEntry, type CveEntry } from "../../core/read-cve-entry.ts";
import { readRecord } from "../../core/read-record.ts";
import { BadFeed } from "../../core/bad-feed.ts";
import type { FeedEntry } from "../../core/feeds/feed-entry.ts";
import type { FeedFile } from "../../ports.ts";

/** One entry as a line of a bundle, under the id by which a delta names it. */
export type FeedLine = Readonly<{ id: string; text: string; date: string | null }>;

/** The entries of a feed in the one form that bundles have: an OSV record or the facts about a CVE, as JSON. */
export async function* feedLines(feed: FeedFile): AsyncGenerator<FeedLine> {
  for await (const entry of feed.entries()) {
    if ("text" in entry && entry.text.trim() === "") continue;
    const line = readLine(feed, entry);
    if (line !== null) yield line;
  }
}

function readLine(feed: FeedFile, entry: FeedEntry): FeedLine | null {
  try {
    return feed.kind === "osv" ? recordLine(entry) : cveLine(feed, entry);
  } catch (error) {
    throw new BadFeed(feed.file, entry.place, error instanceof Error ? error.message : "cannot be read");
  }
}

function recordLine(entry: FeedEntry): FeedLine | null {
  if (!("text" in entry || "record" in entry)) return null;
  const record: unknown = "text" in entry ? JSON.parse(entry.text) : entry.record;
  const read = readRecord(record, "bundle");
  if (read === null) return null;
  return { id: read.advisory.id, text: JSON.stringify(record), date: read.advisory.modifiedAt };
}

function cveLine({ kind }: FeedFile, entry: FeedEntry): FeedLine | null {
  const found = cveOf(kind, entry);
  return found === null ? null : { id: found.cve, text: JSON.stringify(found), date: null };
}

function cveOf(kind: FeedFile["kind"], entry: FeedEntry): CveEntry | null {
  if ("cve" in entry) return entry.cve;
  return "text" in entry ? readCveEntry(kind, entry.text) : null;
}

/** Hashes of the entries of a feed by id; several lines of one id count together, whatever their order. */
export type ContentIndex = Map<string, string>;

export function noteLine(index: ContentIndex, { id, text }: FeedLine): void {
  const hash = createHash("sha256").update(text).digest("base64url").slice(0, 16);
  const known = index.get(id);
  index.set(id, known === undefined ? hash : [...known.split("+"), hash].toSorted().join("+"));
}

/** The name of a content. */
export function contentOf(index: ContentIndex): string {
  const hash = createHash("sha256");
  for (const id of [...index.keys()].toSorted()) hash.update(`${id}\u0000${index.get(id)}\n`);
  return hash.digest("hex");
}
