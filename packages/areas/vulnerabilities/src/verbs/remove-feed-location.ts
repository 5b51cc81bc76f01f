import { Refusal } from "@rampart/kernel";
import type { RemoveFeedLocation } from "../contract.ts";
import type { IntelligenceCtx } from "../ports.ts";

/** Stops looking at a location. What was imported from it stays in force. */
export async function removeFeedLocation(ctx: IntelligenceCtx, { location }: RemoveFeedLocation): Promise<void> {
  ctx.require("operations.write");
  await ctx.unit(async ({ locations, audit }) => {
    if (!(await locations.remove(location))) {
      throw new Refusal("not-found", "vulnerabilities.feed-location.not-found", `"${location}" is not looked at.`);
    }
    await audit.record("vulnerabilities.feed-location.removed", { subject: location });
  });
}
