import { starterRecords, starterSource } from "../core/starter.data.ts";
import type { FeedFile, IntelligenceCtx } from "../ports.ts";
import { replaceFeed } from "./replace-feed.ts";

/** Puts the built-in set in place as long as there is no feed at all, so that a first run finds something. */
export async function loadStarter(ctx: IntelligenceCtx): Promise<void> {
  ctx.require("operations.write");
  const texts = starterRecords.map((record) => JSON.stringify(record));
  const text = texts.join("\n");
  const { hasFeeds, known } = await ctx.unit(async ({ sources }) => ({
    hasFeeds: await sources.hasFeeds(),
    known: await sources.find(starterSource),
  }));
  const sha256 = ctx.hashOf(text);
  if (hasFeeds || known?.sha256 === sha256) return;
  await replaceFeed(ctx, starterFeed(texts, text.length, sha256));
  await ctx.announce(await ctx.unit(({ sources }) => sources.getRevision()));
}

function starterFeed(texts: readonly string[], sizeBytes: number, sha256: string): FeedFile {
  return {
    file: starterSource,
    kind: "starter",
    format: "osv-lines",
    origin: "built in",
    sizeBytes,
    sha256,
    async *entries() {
      for (const [index, text] of texts.entries()) yield { place: `line ${index + 1}`, text };
    },
  };
}
