import { DefenderPolicy } from "../contract.ts";
import type { FleetCtx } from "../ports.ts";

/** Replaces the policy and tells the gateways, which push it to every Defender of the project. */
export async function updateDefenderPolicy(ctx: FleetCtx, policy: DefenderPolicy): Promise<void> {
  ctx.require("fleet.write");
  const after = ctx.policySnapshot(policy);
  await ctx.unit(async ({ policies, notices, audit }) => {
    const before = (await policies.find()) ?? DefenderPolicy.parse({});
    if (ctx.policySnapshot(before).hash === after.hash) return;
    await policies.save(policy, ctx.clock.now());
    await notices.send({ kind: "policy", projectId: ctx.scope.projectId });
    await audit.record("fleet.policy.updated", { before, after: policy });
  });
}
