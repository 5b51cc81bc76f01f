import type { DefenderRef } from "../contract.ts";
import type { FleetCtx } from "../ports.ts";
import { defenderNotFound } from "./get-defender.ts";

/** Takes a Defender out of service: its certificates are revoked and its sockets closed. Nothing runs on the host. */
export async function retireDefender(ctx: FleetCtx, { id }: DefenderRef): Promise<void> {
  ctx.require("fleet.write");
  const at = ctx.clock.now();
  await ctx.unit(async ({ defenders, certificates, notices, audit }) => {
    const defender = await defenders.findForUpdate(id);
    if (defender === null) throw defenderNotFound(id);
    if (defender.retiredAt !== null) return;
    await defenders.retire(id, at);
    const revoked = await certificates.revokeAll(id, at);
    await notices.send({ kind: "dismissed", projectId: ctx.scope.projectId, defenderId: id });
    await audit.record("fleet.defender.retired", { subject: defender.hostname, after: { defenderId: id, revoked } });
  });
}
