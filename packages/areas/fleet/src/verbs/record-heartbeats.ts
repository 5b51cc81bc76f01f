import type { Heartbeat } from "@rampart/protocol/contract";
import { factTypes } from "../contract.ts";
import { leaseMs } from "../core/lease.ts";
import type { FleetCtx } from "../ports.ts";

export type RecordedHeartbeat = Readonly<{ defenderId: string; connectionId: string; at: Date; beat: Heartbeat }>;

/** Extends the leases of many Defenders at once. A beat over a connection that lost its lease changes nothing. */
export async function recordHeartbeats(ctx: FleetCtx, beats: readonly RecordedHeartbeat[]): Promise<void> {
  ctx.require("fleet.write");
  if (beats.length === 0) return;
  const extensions = beats.map((beat) => ({ ...beat, until: new Date(beat.at.getTime() + leaseMs) }));
  // oxlint-disable-next-line rampart/write-verb-audits -- heartbeats are measurements; the audit is for what people decide
  await ctx.unit(async ({ defenders, leases, facts }) => {
    await leases.extend(extensions);
    const ids = beats.map((beat) => beat.defenderId);
    for (const { id, hostname } of await defenders.announceConnected(ids, ctx.clock.now())) {
      await facts.append({ type: factTypes.connected, payload: { defenderId: id, hostname } });
    }
  });
}
