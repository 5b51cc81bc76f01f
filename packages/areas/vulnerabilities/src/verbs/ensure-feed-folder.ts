import type { IntelligenceCtx } from "../ports.ts";

/** The folder that a process was started with is looked at every hour, unless an administrator has set something else. */
export async function ensureFeedFolder(ctx: IntelligenceCtx, folder: string): Promise<void> {
  ctx.require("operations.write");
  const location = { location: folder, everyHours: 1, isEnabled: true };
  // oxlint-disable-next-line rampart/write-verb-audits -- whoever set up the process has decided this, and nobody since
  await ctx.unit(({ locations }) => locations.ensure(location, ctx.clock.now()));
}
