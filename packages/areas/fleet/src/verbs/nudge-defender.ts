import type { NudgeDefender } from "../contract.ts";
import type { FleetCtx } from "../ports.ts";
import { defenderNotFound } from "./get-defender.ts";

/** Asks a Defender to do something now. One that is away does not hear it, and catches up by its own schedule. */
export async function nudgeDefender(ctx: FleetCtx, { id, work }: NudgeDefender): Promise<void> {
  ctx.require("fleet.write");
  await ctx.unit(async ({ defenders, notices, audit }) => {
    const defender = await defenders.findForUpdate(id);
    if (defender === null || defender.retiredAt !== null) throw defenderNotFound(id);
    await notices.send({ kind: "nudge", projectId: ctx.scope.projectId, defenderId: id, work });
    await audit.record("fleet.defender.nudged", { subject: defender.hostname, after: { defenderId: id, work } });
  });
}
