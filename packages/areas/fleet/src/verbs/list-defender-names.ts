import type { FleetCtx } from "../ports.ts";

/** Host names of all Defenders in service, for filters. */
export async function listDefenderNames(ctx: FleetCtx): Promise<readonly string[]> {
  ctx.require("fleet.read");
  return ctx.read(({ defenders }) => defenders.listNames(ctx.clock.now()));
}
