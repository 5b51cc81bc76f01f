import type { FrameRef } from "../contract.ts";
import type { FleetCtx } from "../ports.ts";

/** Removes a report that has been applied. */
export async function forgetFrame(ctx: FleetCtx, ref: FrameRef): Promise<void> {
  ctx.require("fleet.write");
  // oxlint-disable-next-line rampart/write-verb-audits -- what the report changed was recorded when it was applied
  await ctx.unit(({ frames }) => frames.remove(ref));
}
