import type { DefenderRef } from "../contract.ts";
import type { FleetCtx } from "../ports.ts";
import { defenderNotFound } from "./get-defender.ts";

/** Revokes all certificates of a Defender, for a key that may have leaked; the host has to enrol again. */
export async function revokeDefender(ctx: FleetCtx, { id }: DefenderRef): Promise<void> {
  ctx.require("fleet.write");
  await ctx.unit(async ({ defenders, certificates, notices, audit }) => {
    const defender = await defenders.findForUpdate(id);
    if (defender === null) throw defenderNotFound(id);
    const revoked = await certificates.revokeAll(id, ctx.clock.now());
    if (revoked === 0) return;
    await notices.send({ kind: "dismissed", projectId: ctx.scope.projectId, defenderId: id });
    await audit.record("fleet.defender.revoked", { subject: defender.hostname, after: { defenderId: id, revoked } });
  });
}
