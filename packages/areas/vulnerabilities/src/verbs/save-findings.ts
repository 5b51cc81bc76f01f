import type { ResourceRef } from "../contract.ts";
import { withAllowed } from "../core/allow-cves.ts";
import type { FoundFinding } from "../core/plan-findings.ts";
import type { VulnerabilityCtx } from "../ports.ts";
import type { ResourceFacts } from "./plan-comparisons.ts";
import { settleFindings } from "./settle-findings.ts";

/** On what the stored findings rest; stale when newer advisories had already spoken, so that nothing was stored. */
export type Saved = Readonly<{ revision: number; policyRevision: number; isStale: boolean }>;

/** Brings the stored findings of one resource, be it a new one, in line with everything that was found on it. */
export async function saveFindings(
  ctx: VulnerabilityCtx,
  { facts, found }: Readonly<{ facts: ResourceFacts; found: readonly FoundFinding[] }>,
): Promise<Saved> {
  ctx.require("vulnerabilities.write");
  const { revision } = facts;
  const resource: ResourceRef = { resourceKind: facts.resourceKind, resourceId: facts.resourceId };
  // oxlint-disable-next-line rampart/write-verb-audits -- a comparison is no act of administration
  return ctx.unit(async (unit) => {
    const last = await unit.resources.lock(resource);
    const { revision: policyRevision, rules: own } = await unit.policies.get(facts.resourceKind);
    const rules = withAllowed(own, (await unit.ownLists.getAllowed()).entries);
    // A comparison that began before newer advisories came must not undo the one that knew them.
    if (last !== null && last.revision > revision) return { revision, policyRevision, isStale: true };
    await settleFindings(ctx, unit, { comparisons: [{ facts, found, part: null, rules }], revision });
    return { revision, policyRevision, isStale: false };
  });
}
