import { Refusal } from "@rampart/kernel";
import type { Policy, PolicyRule, SavePolicy } from "../contract.ts";
import type { VulnerabilityCtx } from "../ports.ts";
import { toPolicy } from "./get-policy.ts";

/** Replaces all rules of one kind. Findings are decided anew afterwards, without comparing again. */
export async function savePolicy(ctx: VulnerabilityCtx, asked: SavePolicy): Promise<Policy> {
  ctx.require("vulnerabilities.write");
  const at = ctx.clock.now();
  return ctx.unit(async ({ policies, audit, facts }) => {
    const before = await policies.get(asked.policy);
    if (asked.revision !== undefined && asked.revision !== before.revision) throw changedMeanwhile(before.updatedBy);
    if (isSame(before.rules, asked.rules) && before.revision > 0) return toPolicy(asked.policy, before, new Map());
    const revision = before.revision + 1;
    const saved = { rules: asked.rules, at, by: ctx.caller.name };
    if (!(await policies.save(asked.policy, before.revision, saved))) throw changedMeanwhile(null);
    const subject = `${asked.policy} vulnerability policy`;
    await audit.record("vulnerabilities.policy.saved", { subject, before: before.rules, after: asked.rules });
    await facts.append({ type: "vulnerabilities.policy-changed", payload: { policy: asked.policy, revision } });
    return toPolicy(asked.policy, { revision, rules: asked.rules, updatedAt: at, updatedBy: saved.by }, new Map());
  });
}

function isSame(before: readonly PolicyRule[], after: readonly PolicyRule[]): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

function changedMeanwhile(by: string | null): Refusal {
  const who = by === null ? "Somebody else" : by;
  const message = `${who} has changed this policy since you opened it. Load it again and repeat your change.`;
  return new Refusal("conflict", "vulnerabilities.policy.changed", message);
}
