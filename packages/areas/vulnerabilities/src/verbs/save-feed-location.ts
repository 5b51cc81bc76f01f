import { Refusal } from "@rampart/kernel";
import { feedLocationsMax, type SaveFeedLocation } from "../contract.ts";
import type { IntelligenceCtx } from "../ports.ts";

/** Adds a folder or address that is looked at by itself, or changes how often. It is looked at soon after. */
export async function saveFeedLocation(ctx: IntelligenceCtx, asked: SaveFeedLocation): Promise<void> {
  ctx.require("operations.write");
  await ctx.unit(async ({ locations, audit }) => {
    const known = await locations.list();
    const before = known.find(({ location }) => location === asked.location);
    if (before === undefined && known.length >= feedLocationsMax) throw tooMany();
    await locations.save(asked, ctx.clock.now());
    const was = before && { everyHours: before.everyHours, isEnabled: before.isEnabled };
    await audit.record("vulnerabilities.feed-location.saved", { subject: asked.location, before: was, after: asked });
  });
}

function tooMany(): Refusal {
  return new Refusal(
    "limit",
    "vulnerabilities.feed-location.too-many",
    `There are already ${feedLocationsMax} locations; remove one first.`,
  );
}
