import { factTypes } from "../contract.ts";
import { staleMs } from "../core/lease.ts";
import type { FleetCtx } from "../ports.ts";

/** Tells once of each Defender whose lease ended long enough ago. Answers with their number. */
export async function announceDisconnected(ctx: FleetCtx): Promise<number> {
  ctx.require("fleet.write");
  const at = ctx.clock.now();
  // oxlint-disable-next-line rampart/write-verb-audits -- observed, not decided by anybody; told by a fact
  return ctx.unit(async ({ defenders, facts }) => {
    const gone = await defenders.announceDisconnected(new Date(at.getTime() - staleMs), at);
    for (const { id, hostname } of gone) {
      await facts.append({ type: factTypes.disconnected, payload: { defenderId: id, hostname } });
    }
    return gone.length;
  });
}
