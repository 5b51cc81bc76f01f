import type { FeedOutcome, ImportAdvisories, ImportReport } from "../contract.ts";
import { BadFeed } from "../core/bad-feed.ts";
import type { FeedFile, IntelligenceCtx } from "../ports.ts";
import { replaceFeed } from "./replace-feed.ts";

/**
 * Takes in every feed file of a folder or address. Each file is taken in whole or not at all: a bad one is refused
 * with its line, and what it said before stays in force. Afterwards every project that is behind is told.
 */
export async function importAdvisories(ctx: IntelligenceCtx, asked: ImportAdvisories): Promise<ImportReport> {
  ctx.require("operations.write");
  const folder = await ctx.openFeeds(asked.location);
  const files: FeedOutcome[] = [];
  try {
    for (const feed of folder.files) files.push(await importFile(ctx, feed, asked.force));
  } finally {
    await folder.close();
  }
  const revision = await ctx.unit(({ sources }) => sources.getRevision());
  await ctx.announce(revision);
  return { revision, files };
}

async function importFile(ctx: IntelligenceCtx, feed: FeedFile, force: boolean): Promise<FeedOutcome> {
  ctx.require("operations.write");
  const { file } = feed;
  const known = await ctx.unit(({ sources }) => sources.find(file));
  if (!force && known?.sha256 === feed.sha256 && known.importedAt !== null) {
    await note(ctx, feed, null);
    return { file, outcome: "unchanged", records: known.records, changedPackages: 0 };
  }
  try {
    return await replaceFeed(ctx, feed);
  } catch (error) {
    if (!(error instanceof BadFeed)) throw error;
    await note(ctx, feed, error.message);
    return { file, outcome: "refused", records: known?.records ?? 0, changedPackages: 0, problem: error.message };
  }
}

async function note(ctx: IntelligenceCtx, feed: FeedFile, problem: string | null): Promise<void> {
  ctx.require("operations.write");
  // oxlint-disable-next-line rampart/write-verb-audits -- nothing came into force
  await ctx.unit(({ sources }) => sources.check(feed, ctx.clock.now(), problem));
}
