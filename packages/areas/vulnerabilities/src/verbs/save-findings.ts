import { auditFindingsMax, type ResourceRef, type ViolatedFinding } from "../contract.ts";
import { decideResource } from "../core/decide-resource.ts";
import type { Subject } from "../core/is-in-scope.ts";
import { noRule } from "../core/order-rules.ts";
import { byRisk, countSeverities, planFindings, type FoundFinding } from "../core/plan-findings.ts";
import { resourceRiskScore } from "../core/risk.ts";
import type { ComparedResource, VulnerabilityCtx, VulnerabilityUnit } from "../ports.ts";

export type ResourceFacts = Omit<
  ComparedResource,
  "counts" | "fixable" | "knownExploited" | "riskScore" | "effect" | "ruleName" | "at"
>;

/** Brings the stored findings of a resource in line with what was found, lets the policy decide, and says what is new. */
export async function saveFindings(
  ctx: VulnerabilityCtx,
  facts: ResourceFacts,
  found: readonly FoundFinding[],
): Promise<void> {
  ctx.require("vulnerabilities.write");
  const resource: ResourceRef = { resourceKind: facts.resourceKind, resourceId: facts.resourceId };
  const at = ctx.clock.now();
  // oxlint-disable-next-line rampart/write-verb-audits -- a comparison is no act of administration
  await ctx.unit(async (unit) => {
    // A comparison that began before newer advisories came must not undo the one that knew them.
    if ((await unit.resources.lock(resource)) > facts.revision) return;
    const { rules } = await unit.policies.get(facts.resourceKind);
    const decided = decideResource(rules, subjectOf(facts), found, at);
    const reporter = decided.rule === null ? noRule : { ruleId: decided.rule.id, ruleName: decided.rule.name };
    const plan = planFindings(await unit.findings.listKnown(resource), decided, reporter);
    await unit.findings.apply(resource, plan);
    const compared = { ...facts, ...countsOf(found), effect: decided.effect, ruleName: reporter.ruleName, at };
    await unit.resources.save(compared);
    const reported = {
      ctx,
      unit,
      compared,
      rule: { ruleId: reporter.ruleId, ruleName: reporter.ruleName ?? noRuleText },
    };
    await report(reported, "alert", plan.violations.alert);
    await report(reported, "block", plan.violations.block);
    await unit.facts.append({
      type: "vulnerabilities.resource-matched",
      payload: { ...resource, counts: compared.counts },
    });
    await unit.explorer.recount(resource, plan, facts.revision);
  });
}

const noRuleText = "No rule fits";

export function subjectOf({
  resourceKind,
  resourceName,
  hostNames,
  labels,
}: Pick<ResourceFacts, "resourceKind" | "resourceName" | "hostNames" | "labels">): Subject {
  return { resourceKind, imageNames: resourceKind === "image" ? [resourceName] : [], hostNames, labels };
}

function countsOf(
  found: readonly FoundFinding[],
): Pick<ComparedResource, "counts" | "fixable" | "knownExploited" | "riskScore"> {
  const counts = countSeverities(found.map(({ match }) => match.severity));
  return {
    counts,
    fixable: found.filter(({ hasFix }) => hasFix).length,
    knownExploited: found.filter(({ match }) => match.knownExploited).length,
    riskScore: resourceRiskScore(counts),
  };
}

type Reported = Readonly<{
  ctx: VulnerabilityCtx;
  unit: VulnerabilityUnit;
  compared: ComparedResource;
  rule: Readonly<{ ruleId: string; ruleName: string }>;
}>;

/** One audit and one fact for everything that a rule newly found on the resource; none when there is nothing new. */
async function report(
  { ctx, unit, compared, rule }: Reported,
  effect: "alert" | "block",
  violations: readonly FoundFinding[],
): Promise<void> {
  if (violations.length === 0) return;
  const { resourceKind, resourceId, resourceName, labels, at } = compared;
  const audit = {
    resourceKind,
    resourceId,
    resourceName,
    ruleName: rule.ruleName,
    effect,
    counts: countSeverities(violations.map(({ match }) => match.severity)),
    labels,
    findings: violations.toSorted(byRisk).slice(0, auditFindingsMax).map(toViolated),
    findingTotal: violations.length,
  };
  const id = ctx.ids.next();
  await unit.violations.add({ ...audit, id, ruleId: rule.ruleId, at });
  const payload = { auditId: id, ...audit, at: at.toISOString() };
  await unit.facts.append({ type: "vulnerabilities.rule-violated", payload });
}

function toViolated({ cve, severity, match }: FoundFinding): ViolatedFinding {
  const { packageName, packageVersion, fixVersion } = match;
  return { cve, severity, packageName, packageVersion, ...(fixVersion !== null && { fixVersion }) };
}
