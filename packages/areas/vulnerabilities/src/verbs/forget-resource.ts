import type { ResourceRef } from "../contract.ts";
import { planFindings } from "../core/plan-findings.ts";
import { tallyCves } from "../core/tally-cves.ts";
import type { VulnerabilityCtx } from "../ports.ts";
import { noRule } from "../core/order-rules.ts";

/** Drops the findings of a resource that nobody has any more. Its audits stay. */
export async function forgetResource(ctx: VulnerabilityCtx, resource: ResourceRef): Promise<void> {
  ctx.require("vulnerabilities.write");
  // oxlint-disable-next-line rampart/write-verb-audits -- follows the inventory, which has recorded the removal
  await ctx.unit(async ({ resources, findings, explorer, knowledge, facts }) => {
    await resources.lock(resource);
    const known = (await findings.listKnown([resource], null)).flatMap(({ stored }) => stored);
    const plan = planFindings(known, { rule: null, effect: "ignore", decisions: [] }, noRule);
    await findings.apply([{ resource, plan }]);
    await resources.remove(resource);
    const counts = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
    const payload = { resources: [{ ...resource, counts }] };
    await facts.append({ type: "vulnerabilities.resource-matched", payload });
    const tallies = tallyCves([{ resourceKind: resource.resourceKind, plan, found: [] }]);
    await explorer.recount(tallies, await knowledge.revision());
  });
}
