import type { FleetCtx } from "../ports.ts";

export type PolicyOutcome = Readonly<{ defenderId: string; hash: string; problem: string | null }>;

/** Notes which policy a Defender says it applies, or why it could not. */
export async function recordPolicyOutcome(ctx: FleetCtx, { defenderId, hash, problem }: PolicyOutcome): Promise<void> {
  ctx.require("fleet.write");
  // oxlint-disable-next-line rampart/write-verb-audits -- reported by the Defender; the change of the policy was audited
  await ctx.unit(({ defenders }) => defenders.savePolicyOutcome(defenderId, hash, problem));
}
