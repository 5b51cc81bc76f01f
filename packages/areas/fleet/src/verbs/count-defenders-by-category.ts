import type { CategoryCount } from "../contract.ts";
import type { FleetCtx } from "../ports.ts";

/** Defenders in service on hosts with a container engine and on those without. */
export async function countDefendersByCategory(ctx: FleetCtx): Promise<readonly CategoryCount[]> {
  ctx.require("fleet.read");
  return ctx.read(({ defenders }) => defenders.countByCategory(ctx.clock.now()));
}
