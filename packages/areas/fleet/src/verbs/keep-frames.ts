import type { FleetCtx, ReceivedFrame } from "../ports.ts";

/**
 * Stores reports as they came; once this returns they may be acknowledged. What was stored before counts once. Answers
 * with the Defenders that exist: reports of others were not stored.
 */
export async function keepFrames(ctx: FleetCtx, frames: readonly ReceivedFrame[]): Promise<ReadonlySet<string>> {
  ctx.require("fleet.write");
  if (frames.length === 0) return new Set();
  // oxlint-disable-next-line rampart/write-verb-audits -- reports are observations; the audit is for what people decide
  return ctx.unit((stores) => stores.frames.keep(frames, ctx.clock.now()));
}
