import type { FeedOutcome } from "../contract.ts";
import { BadFeed } from "../core/bad-feed.ts";
import { readCveEntry } from "../core/read-cve-entry.ts";
import { readRecord } from "../core/read-record.ts";
import { starterExploited } from "../core/starter.data.ts";
import type { FeedFile, FeedWriter, IntelligenceCtx } from "../ports.ts";

/** Lines written by one statement: a compromise between round trips and memory. A record is far larger than a row. */
const batchMax = { record: 500, row: 10_000 } as const;

/** Puts the content of a file in place of what the file said before, in one transaction. */
export async function replaceFeed(ctx: IntelligenceCtx, feed: FeedFile): Promise<FeedOutcome> {
  ctx.require("operations.write");
  return ctx.unit(async ({ sources, audit }) => {
    const revision = await sources.lock();
    const read = await (feed.kind === "osv" || feed.kind === "starter"
      ? pour(feed, await sources.writeRecords(feed.file, revision), (text) => readOne(feed, text))
      : pour(feed, sources.writeCves(feed.kind, revision), (text) => ({
          entry: readCveEntry(feed.kind, text),
          date: null,
        })));
    const { file, kind, origin, sizeBytes, sha256 } = feed;
    const at = ctx.clock.now().toISOString();
    const stored = {
      file,
      kind,
      origin,
      sizeBytes,
      sha256,
      records: read.records,
      packages: read.packages,
      dataAsOf: read.newest,
    };
    await sources.save({ ...stored, importedAt: at, checkedAt: at }, revision);
    if (kind === "osv") await sources.hideStarter(revision);
    if (kind === "starter")
      await sources.writeCves("kev", revision).put(starterExploited.map((cve) => ({ cve, kev: {} })));
    await audit.record("vulnerabilities.feed.imported", { subject: file, after: stored });
    return { file, outcome: "imported" as const, records: read.records, changedPackages: read.changed };
  });
}

type Line<Entry> = Readonly<{ entry: Entry | null; date: string | null }>;

function readOne({ kind, file }: FeedFile, text: string) {
  const entry = readRecord(JSON.parse(text), kind === "starter" ? kind : file);
  return { entry, date: entry?.advisory.modifiedAt ?? null };
}

/** Streams a file through its reader into its writer. The first line that cannot be read ends it. */
async function pour<Entry>(feed: FeedFile, writer: FeedWriter<Entry>, read: (text: string) => Line<Entry>) {
  const linesMax = feed.kind === "osv" ? batchMax.record : batchMax.row;
  let batch: Entry[] = [];
  let records = 0;
  let newest: string | null = null;
  for await (const { number, text } of feed.lines()) {
    if (text.trim() === "") continue;
    const { entry, date } = readLine(feed, number, text, read);
    if (entry === null) continue;
    records += 1;
    if (date !== null && (newest === null || date > newest)) newest = date;
    batch.push(entry);
    if (batch.length < linesMax) continue;
    await writer.put(batch);
    batch = [];
  }
  if (batch.length > 0) await writer.put(batch);
  if (records === 0) throw new BadFeed(feed.file, null, "holds no record, so what it said before stays");
  return { records, newest, ...(await writer.finish()) };
}

function readLine<Entry>(
  { file }: FeedFile,
  number: number,
  text: string,
  read: (text: string) => Line<Entry>,
): Line<Entry> {
  try {
    return read(text);
  } catch (error) {
    throw new BadFeed(file, number, error instanceof Error ? error.message : "cannot be read");
  }
}
