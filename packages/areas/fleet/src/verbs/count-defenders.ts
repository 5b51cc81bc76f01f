import type { DefenderSummary } from "../contract.ts";
import type { FleetCtx } from "../ports.ts";

export async function countDefenders(ctx: FleetCtx): Promise<DefenderSummary> {
  ctx.require("fleet.read");
  return ctx.read(({ defenders }) => defenders.count(ctx.clock.now()));
}
