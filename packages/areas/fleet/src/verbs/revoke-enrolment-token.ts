import { Refusal } from "@rampart/kernel";
import type { EnrolmentTokenRef } from "../contract.ts";
import { enrolmentTokenState } from "../core/enrolment-token-state.ts";
import type { FleetCtx } from "../ports.ts";

/** Takes an unused token back. One that is used, expired or revoked already stays as it is. */
export async function revokeEnrolmentToken(ctx: FleetCtx, { id }: EnrolmentTokenRef): Promise<void> {
  ctx.require("fleet.write");
  const now = ctx.clock.now();
  await ctx.unit(async ({ tokens, audit }) => {
    const token = await tokens.find(id);
    if (token === null) {
      throw new Refusal(
        "not-found",
        "fleet.enrolment-token.not-found",
        `There is no enrolment token "${id}" in this project.`,
      );
    }
    if (enrolmentTokenState(token, now) !== "open") return;
    await tokens.markRevoked(id, now);
    await audit.record("fleet.enrolment-token.revoked", { subject: id });
  });
}
