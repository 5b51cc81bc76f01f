import type { FleetCtx } from "../ports.ts";

export type EndedConnection = Readonly<{ defenderId: string; connectionId: string }>;

/** Ends the leases of connections that were closed, unless another connection has taken the lease over. */
export async function disconnectDefenders(ctx: FleetCtx, connections: readonly EndedConnection[]): Promise<void> {
  ctx.require("fleet.write");
  if (connections.length === 0) return;
  // oxlint-disable-next-line rampart/write-verb-audits -- the end of a connection is told by a fact once it lasts
  await ctx.unit(({ leases }) => leases.release(connections, ctx.clock.now()));
}
