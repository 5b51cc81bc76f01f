import { listHeldPackages } from "@rampart/inventory";
import type { PolicyChanged } from "../contract.ts";
import { refOf } from "../core/resource-ref.ts";
import type { MatchingCtx } from "../ports.ts";
import { matchHeld } from "./match-held.ts";

/** Resources whose verdicts one job renews; a larger project goes on in the next. */
export const reapplyBatchMax = 500;

/** Decides the findings of all resources of one kind anew, by the rules that are in force now. */
export async function reapplyPolicy(ctx: MatchingCtx, asked: PolicyChanged): Promise<void> {
  ctx.require("vulnerabilities.write");
  const { policy, revision } = asked;
  const inForce = await ctx.read(async ({ policies }) => (await policies.get(policy)).revision);
  if (inForce > revision) return; // a later change has its own round
  const walk = { names: null, after: asked.after ?? 0, holders: reapplyBatchMax };
  const { resources, next } = await listHeldPackages(ctx.inventory, walk);
  const failed = await matchHeld(
    ctx,
    resources.filter(({ resourceKind }) => resourceKind === policy),
    "whole",
  );
  // oxlint-disable-next-line rampart/write-verb-audits -- the saving of the policy was audited
  await ctx.unit(async ({ facts }) => {
    const retried = failed.map(refOf);
    await facts.append(...retried.map((payload) => ({ type: "vulnerabilities.match-failed", payload })));
    if (next === null) return;
    await facts.append({ type: "vulnerabilities.policy-changed", payload: { policy, revision, after: next } });
  });
}
