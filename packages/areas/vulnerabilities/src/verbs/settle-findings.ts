import type { PolicyRule, ResourceRef } from "../contract.ts";
import { stronger } from "../core/decide-finding.ts";
import { decideResource } from "../core/decide-resource.ts";
import type { Subject } from "../core/is-in-scope.ts";
import { noRule } from "../core/order-rules.ts";
import { nothingUntouched, partOfResource, withoutSharedCves, type Untouched } from "../core/part-of-resource.ts";
import { countSeverities, planFindings, type FindingPlan, type FoundFinding } from "../core/plan-findings.ts";
import { resourceRiskScore } from "../core/risk.ts";
import { tallyCves } from "../core/tally-cves.ts";
import { severities } from "@rampart/kernel";
import type { ComparedResource, KnownFindings, VulnerabilityCtx, VulnerabilityUnit } from "../ports.ts";
import { reportViolations } from "./report-violations.ts";

export type ResourceFacts = Omit<
  ComparedResource,
  "counts" | "fixable" | "knownExploited" | "riskScore" | "effect" | "ruleName" | "at"
>;

/** What a comparison found on one resource. */
export type Comparison = Readonly<{
  facts: ResourceFacts;
  found: readonly FoundFinding[];
  /** The compared packages, as findings name them; null when all were. Findings of others stay as they are. */
  packages: ReadonlySet<string> | null;
  rules: readonly PolicyRule[];
}>;

type Settled = Readonly<{
  compared: ComparedResource;
  plan: FindingPlan;
  found: readonly FoundFinding[];
  ruleId: string;
}>;

/**
 * Brings stored findings in line with what was found on locked resources, lets the policy decide, and says what is new:
 * a fixed number of statements, however many resources there are.
 */
export async function settleFindings(
  ctx: VulnerabilityCtx,
  unit: VulnerabilityUnit,
  { comparisons, revision }: Readonly<{ comparisons: readonly Comparison[]; revision: number }>,
): Promise<void> {
  const settled = await planAll(ctx, unit, comparisons);
  const changed = settled.filter(({ plan }, index) => isWhole(comparisons[index]) || isChange(plan));
  if (changed.length === 0) return;
  const plans = changed.map(({ compared, plan }) => ({ resource: refOf(compared), plan }));
  await unit.findings.apply(plans);
  await unit.resources.save(changed.map(({ compared }) => compared));
  await reportViolations(ctx, unit, changed);
  const resources = changed.map(({ compared }) => ({ ...refOf(compared), counts: compared.counts }));
  await unit.facts.append({ type: "vulnerabilities.resource-matched", payload: { resources } });
  const planned = changed.map(({ compared, plan, found }) => ({ resourceKind: compared.resourceKind, plan, found }));
  await unit.explorer.recount(tallyCves(planned), revision);
}

async function planAll(
  ctx: VulnerabilityCtx,
  { findings }: VulnerabilityUnit,
  comparisons: readonly Comparison[],
): Promise<readonly Settled[]> {
  const at = ctx.clock.now();
  const isAll = comparisons.some(isWhole);
  const names = new Set(comparisons.flatMap(({ packages }) => [...(packages ?? [])].map(nameOf)));
  const known = await findings.listKnown(
    comparisons.map(({ facts }) => refOf(facts)),
    isAll ? null : [...names],
  );
  const byResource = new Map(known.map((one) => [keyOf(one), one]));
  return comparisons.map((comparison) => planOne(comparison, byResource.get(keyOf(comparison.facts)), at));
}

function planOne({ facts, found, packages, rules }: Comparison, stored: KnownFindings | undefined, at: Date): Settled {
  const { known, untouched } = partOfResource(stored?.stored ?? [], stored?.untouched ?? nothingUntouched, packages);
  const decided = decideResource(rules, subjectOf(facts), found, at);
  const reporter = decided.rule === null ? noRule : { ruleId: decided.rule.id, ruleName: decided.rule.name };
  const plan = withoutSharedCves(planFindings(known, decided, reporter), untouched);
  const effect = stronger(decided.effect, untouched.effect);
  const compared = { ...facts, ...countsOf(found, untouched), effect, ruleName: reporter.ruleName, at };
  return { compared, plan, found, ruleId: reporter.ruleId };
}

const isWhole = (comparison: Comparison | undefined): boolean => comparison?.packages === null;
const isChange = ({ write, removeIds }: FindingPlan): boolean => write.length + removeIds.length > 0;
const nameOf = (shown: string): string => shown.slice(shown.indexOf("\u0000") + 1);

function refOf({ resourceKind, resourceId }: ResourceRef): ResourceRef {
  return { resourceKind, resourceId };
}

function keyOf({ resourceKind, resourceId }: ResourceRef): string {
  return `${resourceKind} ${resourceId}`;
}

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
  untouched: Untouched,
): Pick<ComparedResource, "counts" | "fixable" | "knownExploited" | "riskScore"> {
  const counts = countSeverities(found.map(({ match }) => match.severity));
  severities.forEach((severity, rank) => (counts[severity] += untouched.counts[rank] ?? 0));
  return {
    counts,
    fixable: untouched.fixable + found.filter(({ hasFix }) => hasFix).length,
    knownExploited: untouched.exploited + found.filter(({ match }) => match.knownExploited).length,
    riskScore: resourceRiskScore(counts),
  };
}
