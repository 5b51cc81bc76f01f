import type { FeedSource } from "../contract.ts";
import type { FeedEntry } from "../core/feeds/feed-entry.ts";
import { writeRecord } from "../core/write-record.ts";
import type { CveColumn, FeedFile, IntelligenceCtx } from "../ports.ts";

/** Entries read by one statement. */
const pageMax = { records: 500, rows: 10_000 } as const;

/** The feeds that are in force at a revision. */
export type StoredFeeds = Readonly<{ revision: number; feeds: readonly FeedFile[] }>;

/** What is in force as feeds that can be read like any others: for handing them on to another installation. */
export async function listStoredFeeds(ctx: IntelligenceCtx): Promise<StoredFeeds> {
  ctx.require("operations.read");
  return ctx.unit(async ({ sources }) => {
    const revision = await sources.getRevision();
    const stored = await sources.listFeeds();
    const feeds = stored.map((source) => ({ ...factsOf(source), entries: () => entriesOf(ctx, source) }));
    return { revision, feeds };
  });
}

function factsOf({ file, kind, format, origin, sizeBytes, sha256 }: FeedSource): Omit<FeedFile, "entries"> {
  return { file, kind, format, origin, sizeBytes, sha256 };
}

function entriesOf(ctx: IntelligenceCtx, { file, kind }: FeedSource): AsyncIterable<FeedEntry> {
  return kind === "osv" || kind === "starter" ? recordsOf(ctx, file) : rowsOf(ctx, kind);
}

async function* recordsOf(ctx: IntelligenceCtx, file: string): AsyncGenerator<FeedEntry> {
  ctx.require("operations.read");
  for (let after: string | undefined = ""; after !== undefined;) {
    const from: string = after;
    const page = await ctx.unit(({ sources }) => sources.listRecords(file, from, pageMax.records));
    for (const record of page) yield { place: record.advisory.id, record: writeRecord(record) };
    after = page.length < pageMax.records ? undefined : page.at(-1)?.advisory.id;
  }
}

async function* rowsOf(ctx: IntelligenceCtx, kind: CveColumn): AsyncGenerator<FeedEntry> {
  ctx.require("operations.read");
  for (let after: string | undefined = ""; after !== undefined;) {
    const from: string = after;
    const page = await ctx.unit(({ sources }) => sources.listCves(kind, from, pageMax.rows));
    for (const cve of page) yield { place: cve.cve, cve };
    after = page.length < pageMax.rows ? undefined : page.at(-1)?.cve;
  }
}
