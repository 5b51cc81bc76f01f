import type { PolicyChanged, ResourceRef } from "../contract.ts";
import type { MatchingCtx } from "../ports.ts";
import { matchResource } from "./match-resource.ts";

/** Resources whose verdicts one job renews; a larger project goes on in the next. */
export const reapplyBatchMax = 200;

/** Decides the findings of all resources of one kind anew, by the rules that are in force now. */
export async function reapplyPolicy(ctx: MatchingCtx, asked: PolicyChanged): Promise<void> {
  ctx.require("vulnerabilities.write");
  const { policy, revision } = asked;
  const { inForce, resources } = await ctx.read(async (stores) => ({
    inForce: (await stores.policies.get(policy)).revision,
    resources: await stores.resources.listSubjects(policy, asked.after ?? null, reapplyBatchMax),
  }));
  if (inForce > revision) return; // a later change has its own round
  for (const resource of resources) await matchResource(ctx, resource);
  const last = resources.at(-1);
  if (resources.length === reapplyBatchMax && last !== undefined) await goOn(ctx, asked, last);
}

async function goOn(ctx: MatchingCtx, { policy, revision }: PolicyChanged, last: ResourceRef): Promise<void> {
  ctx.require("vulnerabilities.write");
  const after = { resourceKind: last.resourceKind, resourceId: last.resourceId };
  // oxlint-disable-next-line rampart/write-verb-audits -- the saving of the policy was audited
  await ctx.unit(({ facts }) =>
    facts.append({ type: "vulnerabilities.policy-changed", payload: { policy, revision, after } }),
  );
}
