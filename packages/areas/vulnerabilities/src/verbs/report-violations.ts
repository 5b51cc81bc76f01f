import { auditFindingsMax, violationsMax, type ViolatedFinding } from "../contract.ts";
import { byRisk, countSeverities, type FindingPlan, type FoundFinding } from "../core/plan-findings.ts";
import type { ComparedResource, NewAudit, VulnerabilityCtx, VulnerabilityUnit } from "../ports.ts";

const noRuleText = "No rule fits";

type Decided = Readonly<{ compared: ComparedResource; plan: FindingPlan; ruleId: string }>;

/** One audit for everything that a rule newly found on a resource, and few facts that tell all of them. */
export async function reportViolations(
  ctx: VulnerabilityCtx,
  { violations, facts }: VulnerabilityUnit,
  resources: readonly Decided[],
): Promise<void> {
  const audits = resources.flatMap((resource) =>
    (["alert", "block"] as const).flatMap((effect) => auditsOf(ctx, resource, effect)),
  );
  await violations.add(audits);
  const told = audits.map(({ id, ruleId: _, at, ...audit }) => ({ auditId: id, ...audit, at: at.toISOString() }));
  const count = Math.ceil(told.length / violationsMax);
  const parts = Array.from({ length: count }, (_, at) => told.slice(at * violationsMax, (at + 1) * violationsMax));
  await facts.append(
    ...parts.map((violations) => ({ type: "vulnerabilities.rules-violated", payload: { violations } })),
  );
}

function auditsOf(
  { ids }: VulnerabilityCtx,
  { compared, plan, ruleId }: Decided,
  effect: "alert" | "block",
): readonly NewAudit[] {
  const found = plan.violations[effect];
  if (found.length === 0) return [];
  const { resourceKind, resourceId, resourceName, labels, at } = compared;
  return [
    {
      id: ids.next(),
      ruleId,
      at,
      resourceKind,
      resourceId,
      resourceName,
      ruleName: compared.ruleName ?? noRuleText,
      effect,
      counts: countSeverities(found.map(({ match }) => match.severity)),
      labels,
      findings: found.toSorted(byRisk).slice(0, auditFindingsMax).map(toViolated),
      findingTotal: found.length,
    },
  ];
}

function toViolated({ cve, severity, match }: FoundFinding): ViolatedFinding {
  const { packageName, packageVersion, fixVersion } = match;
  return { cve, severity, packageName, packageVersion, ...(fixVersion !== null && { fixVersion }) };
}
