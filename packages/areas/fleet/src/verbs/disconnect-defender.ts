import type { FleetCtx } from "../ports.ts";

/** Ends the lease of a connection that was closed, unless another connection has taken it over. */
export async function disconnectDefender(
  ctx: FleetCtx,
  connection: Readonly<{ defenderId: string; connectionId: string }>,
): Promise<void> {
  ctx.require("fleet.write");
  // oxlint-disable-next-line rampart/write-verb-audits -- the end of a connection is told by a fact once it lasts
  await ctx.unit(({ leases }) => leases.release(connection, ctx.clock.now()));
}
