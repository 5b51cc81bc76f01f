import { ruleSentence, type GetPolicy, type Policy } from "../contract.ts";
import { shadowsOf } from "../core/order-rules.ts";
import type { StoredPolicy, VulnerabilityCtx } from "../ports.ts";

const hitsMs = 30 * 86_400_000;

/** The rules in their order, each with its sentence, its hits of the last 30 days and the rule that hides it. */
export async function getPolicy(ctx: VulnerabilityCtx, asked: GetPolicy): Promise<Policy> {
  ctx.require("vulnerabilities.read");
  const since = new Date(ctx.clock.now().getTime() - hitsMs);
  return ctx.read(async ({ policies, violations }) =>
    toPolicy(asked.policy, await policies.get(asked.policy), await violations.countByRule(since)),
  );
}

export function toPolicy(policy: Policy["policy"], stored: StoredPolicy, hits: ReadonlyMap<string, number>): Policy {
  const shadows = shadowsOf(stored.rules);
  return {
    policy,
    revision: stored.revision,
    updatedAt: stored.updatedAt?.toISOString() ?? null,
    updatedBy: stored.updatedBy,
    rules: stored.rules.map((rule) => ({
      ...rule,
      sentence: ruleSentence(rule),
      hits: hits.get(rule.name) ?? 0,
      shadowedBy: shadows.get(rule.id) ?? null,
    })),
  };
}
