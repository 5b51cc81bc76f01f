import { Outage } from "@rampart/kernel";
import type { FeedOutcome, FeedSource } from "../contract.ts";
import { BadFeed } from "../core/bad-feed.ts";
import type { FeedEntry } from "../core/feeds/feed-entry.ts";
import { readCveEntry, type CveEntry } from "../core/read-cve-entry.ts";
import { readRecord, type ReadRecord } from "../core/read-record.ts";
import { starterExploited } from "../core/starter.data.ts";
import type { CveColumn, FeedFile, IntelligenceCtx } from "../ports.ts";

/** Entries written by one statement: a compromise between round trips and memory. A record is far larger than a row. */
const batchMax = { record: 500, row: 10_000 } as const;
/** Packages that the records of one batch name: a notice about a kernel names hundreds. */
const batchPackagesMax = 4_000;

/**
 * Puts the content of a feed in place of what it said before. It is read to its end first, into rows beside those in
 * force; one short transaction then puts them in place. A feed that cannot be read changes nothing.
 */
export async function replaceFeed(ctx: IntelligenceCtx, feed: FeedFile): Promise<FeedOutcome> {
  ctx.require("operations.write");
  const importId = ctx.ids.next();
  // oxlint-disable-next-line rampart/write-verb-audits -- nothing comes into force yet
  const before = await ctx.unit(async ({ sources, staging }) => {
    await staging.begin(importId);
    return sources.find(feed.file);
  });
  try {
    const dataAsOf = isAboutPackages(feed)
      ? await stageRecords(ctx, feed, importId)
      : await stageTable(ctx, feed, importId);
    return await swap(ctx, feed, { importId, dataAsOf, before });
  } finally {
    // oxlint-disable-next-line rampart/write-verb-audits -- what is swept was never in force
    await ctx.unit(({ staging }) => staging.discard(importId));
  }
}

function isAboutPackages({ kind }: FeedFile): boolean {
  return kind === "osv" || kind === "starter";
}

type Read = Readonly<{ importId: string; dataAsOf: string | null; before: FeedSource | null }>;

async function swap(ctx: IntelligenceCtx, feed: FeedFile, read: Read): Promise<FeedOutcome> {
  ctx.require("operations.write");
  const { file, kind, format, origin, sizeBytes, sha256 } = feed;
  const { importId, before } = read;
  const isDelta = feed.base !== undefined;
  const dataAsOf = isDelta ? newerOf(read.dataAsOf, before?.dataAsOf ?? null) : read.dataAsOf;
  return ctx.unit(async ({ sources, staging, audit }) => {
    const revision = await sources.lock();
    const isCurrent = (await sources.find(file))?.sha256 === before?.sha256 && (await staging.isComplete(importId));
    if (!isCurrent) throw new Outage("the database", new Error(`${file} was changed by another import meanwhile`));
    const { changed, records, packages } = isAboutPackages(feed)
      ? await staging.swapRecords({ importId, file, revision, isDelta })
      : await staging.swapCves({ importId, kind: columnOf(feed), revision, isDelta });
    const at = ctx.clock.now().toISOString();
    const stored = { file, kind, format, origin, sizeBytes, sha256, records, packages, dataAsOf };
    await sources.save({ ...stored, importedAt: at, checkedAt: at }, revision);
    await sources.supersede(feed);
    if (kind === "osv") await sources.hideStarter(revision);
    if (kind === "starter") {
      const exploited = ctx.ids.next();
      await staging.putCves(
        exploited,
        "kev",
        starterExploited.map((cve) => ({ cve, kev: {} })),
      );
      await staging.swapCves({ importId: exploited, kind: "kev", revision, isDelta: false });
      await staging.discard(exploited);
    }
    await audit.record("vulnerabilities.feed.imported", { subject: file, after: stored });
    return { file, outcome: "imported" as const, records, changedPackages: changed };
  });
}

function newerOf(left: string | null, right: string | null): string | null {
  return left === null || (right !== null && right > left) ? right : left;
}

function columnOf({ kind, file }: FeedFile): CveColumn {
  if (kind === "osv" || kind === "starter") throw new BadFeed(file, null, "is about packages");
  return kind;
}

/** Returns the newest date that the records carry. */
async function stageRecords(ctx: IntelligenceCtx, feed: FeedFile, importId: string): Promise<string | null> {
  ctx.require("operations.write");
  const { file } = feed;
  let newest: string | null = null;
  const source = feed.kind === "starter" ? feed.kind : file;
  const records = readEntries(feed, (entry) => ("removed" in entry ? entry : toRecord(entry, source)));
  const weightOf = (one: ReadRecord | Removed) => (isRecord(one) ? one.affected.length / batchPackagesMax : 0);
  for await (const batch of batchesOf(feed, records, { entriesMax: batchMax.record, weightOf })) {
    const [read, removed] = [batch.filter(isRecord), batch.flatMap((one) => (isRecord(one) ? [] : one.removed))];
    for (const { advisory } of read) if (newest === null || advisory.modifiedAt > newest) newest = advisory.modifiedAt;
    // oxlint-disable-next-line rampart/write-verb-audits -- nothing comes into force yet
    await ctx.unit(async ({ staging }) => {
      await staging.putRecords({ importId, file }, read);
      await staging.putRemoved(importId, removed);
    });
  }
  return newest;
}

async function stageTable(ctx: IntelligenceCtx, feed: FeedFile, importId: string): Promise<string | null> {
  ctx.require("operations.write");
  const kind = columnOf(feed);
  let date: string | null = null;
  const rows = readEntries(feed, (entry) => {
    date ??= dateOf(entry);
    return "removed" in entry ? entry : toCveEntry(feed, entry);
  });
  for await (const batch of batchesOf(feed, rows, { entriesMax: batchMax.row, weightOf: () => 0 })) {
    const [read, removed] = [batch.filter(isCveEntry), batch.flatMap((one) => (isCveEntry(one) ? [] : one.removed))];
    // oxlint-disable-next-line rampart/write-verb-audits -- nothing comes into force yet
    await ctx.unit(async ({ staging }) => {
      await staging.putCves(importId, kind, read);
      await staging.putRemoved(importId, removed);
    });
  }
  return date;
}

type Removed = Readonly<{ removed: string }>;

function isRecord(entry: ReadRecord | Removed): entry is ReadRecord {
  return "advisory" in entry;
}

function isCveEntry(entry: CveEntry | Removed): entry is CveEntry {
  return "cve" in entry;
}

function toRecord(entry: FeedEntry, source: string): ReadRecord | null {
  if ("text" in entry) return readRecord(JSON.parse(entry.text), source);
  if ("record" in entry) return readRecord(entry.record, source);
  throw new Error("is about no package");
}

function toCveEntry({ kind }: FeedFile, entry: FeedEntry): CveEntry | null {
  if ("cve" in entry) return entry.cve;
  if ("text" in entry) return readCveEntry(kind, entry.text);
  throw new Error("is about packages");
}

/** EPSS says in its first line of which day it is. */
function dateOf(entry: FeedEntry): string | null {
  const said = "text" in entry ? /^#.*\bscore_date:([\dT:.+Z-]{10,35})/.exec(entry.text)?.[1] : undefined;
  return said === undefined || Number.isNaN(Date.parse(said)) ? null : new Date(said).toISOString();
}

async function* readEntries<Entry>(
  { file, entries }: FeedFile,
  read: (entry: FeedEntry) => Entry | null,
): AsyncGenerator<Entry> {
  for await (const entry of entries()) {
    if ("text" in entry && entry.text.trim() === "") continue;
    const found = readOne(file, entry, read);
    if (found !== null) yield found;
  }
}

function readOne<Entry>(file: string, entry: FeedEntry, read: (entry: FeedEntry) => Entry | null): Entry | null {
  try {
    return read(entry);
  } catch (error) {
    throw new BadFeed(file, entry.place, error instanceof Error ? error.message : "cannot be read");
  }
}

type Batching<Entry> = Readonly<{
  entriesMax: number;
  /** Which part of a full batch an entry is by its size. */
  weightOf(entry: Entry): number;
}>;

/** Batches of what a feed says. A whole feed that says nothing is refused: an empty answer is no news. */
async function* batchesOf<Entry>(
  { file, base }: FeedFile,
  entries: AsyncIterable<Entry>,
  { entriesMax, weightOf }: Batching<Entry>,
): AsyncGenerator<readonly Entry[]> {
  let batch: Entry[] = [];
  let weight = 0;
  let isEmpty = true;
  for await (const entry of entries) {
    isEmpty = false;
    batch.push(entry);
    weight += weightOf(entry);
    if (batch.length < entriesMax && weight < 1) continue;
    yield batch;
    batch = [];
    weight = 0;
  }
  if (isEmpty && base === undefined) throw new BadFeed(file, null, "holds no record, so what it said before stays");
  if (batch.length > 0) yield batch;
}
