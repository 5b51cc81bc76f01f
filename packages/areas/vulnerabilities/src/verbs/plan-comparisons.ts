import { severities } from "@rampart/kernel";
import type { PolicyEffect, PolicyRule } from "../contract.ts";
import { stronger } from "../core/decide-finding.ts";
import { decideResource } from "../core/decide-resource.ts";
import type { Subject } from "../core/is-in-scope.ts";
import { noRule } from "../core/order-rules.ts";
import {
  effectOfAll,
  noTotals,
  isPartOf,
  totalsOfOthers,
  withoutSharedCves,
  type Part,
  type StoredFinding,
  type Totals,
} from "../core/part-of-resource.ts";
import { planFindings, type FindingPlan, type FoundFinding } from "../core/plan-findings.ts";
import { refOf, resourceKey } from "../core/resource-ref.ts";
import { resourceRiskScore } from "../core/risk.ts";
import type { ComparedResource, FindingLook, FindingStore, VulnerabilityCtx } from "../ports.ts";

export type ResourceFacts = Omit<
  ComparedResource,
  "counts" | "fixable" | "knownExploited" | "riskScore" | "effect" | "ruleName" | "at"
>;

/** What a comparison found on one resource. */
export type Comparison = Readonly<{
  facts: ResourceFacts;
  found: readonly FoundFinding[];
  /** Null when all packages were compared. */
  part: Part | null;
  rules: readonly PolicyRule[];
}>;

/** A comparison with what has to be written for it. */
export type Planned = Readonly<{
  compared: ComparedResource;
  plan: FindingPlan;
  found: readonly FoundFinding[];
  ruleId: string;
}>;

type Draft = Planned & Readonly<{ part: Part | null; known: readonly StoredFinding[] }>;

/** Works out what has to be written so that the stored findings of locked resources agree with what was found. */
export async function planComparisons(
  ctx: VulnerabilityCtx,
  findings: FindingStore,
  comparisons: readonly Comparison[],
): Promise<readonly Planned[]> {
  const at = ctx.clock.now();
  const resources = comparisons.map(({ facts }) => refOf(facts));
  const known = new Map(
    (await findings.listKnown(resources, lookOf(comparisons))).map((one) => [resourceKey(one), one.stored]),
  );
  const drafts = comparisons.map((comparison) => draft(comparison, known.get(resourceKey(comparison.facts)) ?? [], at));
  return withEffectsOfOthers(findings, await withoutShared(findings, drafts));
}

function draft({ facts, found, part, rules }: Comparison, stored: readonly StoredFinding[], at: Date): Draft {
  const known = part === null ? stored : stored.filter((finding) => isPartOf(part, finding));
  const decided = decideResource(rules, subjectOf(facts), found, at);
  const reporter = decided.rule === null ? noRule : { ruleId: decided.rule.id, ruleName: decided.rule.name };
  const plan = planFindings(known, decided, reporter);
  const others = part === null ? noTotals : totalsOfOthers(part, known);
  const compared = { ...facts, ...totalsOf(found, others), effect: decided.effect, ruleName: reporter.ruleName, at };
  return { compared, plan, found, ruleId: reporter.ruleId, part, known };
}

/** Asks which of the CVEs that come or go are also in findings that were not looked at. */
async function withoutShared(findings: FindingStore, drafts: readonly Draft[]): Promise<readonly Draft[]> {
  const asked = drafts.flatMap(({ compared, plan, part }) =>
    part === null ? [] : [...plan.cvesAdded, ...plan.cvesRemoved].map((cve) => ({ ...refOf(compared), cve })),
  );
  const holders = Map.groupBy(await findings.listWithCves(asked), resourceKey);
  return drafts.map((one) => {
    const { part, plan, compared } = one;
    const others = (holders.get(resourceKey(compared)) ?? []).filter(
      (finding) => part !== null && !isPartOf(part, finding),
    );
    return { ...one, plan: withoutSharedCves(plan, new Set(others.map(({ cve }) => cve))) };
  });
}

async function withEffectsOfOthers(findings: FindingStore, drafts: readonly Draft[]): Promise<readonly Planned[]> {
  const effects = drafts.map(({ part, known, compared }) =>
    part === null ? compared.effect : effectOfAll(part, known, compared.effect),
  );
  const open = drafts.filter((_, index) => effects[index] === null).map(({ compared }) => refOf(compared));
  const stored = Map.groupBy(await findings.listEffects(open), resourceKey);
  return drafts.map(({ part, known: _, ...planned }, index) => {
    const others = (stored.get(resourceKey(planned.compared)) ?? []).filter(
      (one) => part !== null && !isPartOf(part, one),
    );
    const asked = others.reduce<PolicyEffect>((strongest, { effect }) => stronger(strongest, effect), "ignore");
    const effect = effects[index] ?? stronger(asked, planned.compared.effect);
    return { ...planned, compared: { ...planned.compared, effect } };
  });
}

/** Which of the stored findings have to be read for any of the comparisons; more than needed does no harm. */
function lookOf(comparisons: readonly Comparison[]): FindingLook {
  const parts = comparisons.flatMap(({ part }) => part ?? []);
  if (parts.length < comparisons.length) return null;
  const flaws = new Set(parts.map((part) => part.flaws));
  if (!flaws.has(null)) return { by: "cve", names: [...new Set([...flaws].flatMap((some) => [...(some ?? [])]))] };
  const shown = new Set(parts.flatMap(({ packages }) => [...packages]));
  return { by: "package", names: [...new Set([...shown].map((text) => text.slice(text.indexOf("\u0000") + 1)))] };
}

export function subjectOf({
  resourceKind,
  resourceName,
  hostNames,
  labels,
}: Pick<ResourceFacts, "resourceKind" | "resourceName" | "hostNames" | "labels">): Subject {
  return { resourceKind, imageNames: resourceKind === "image" ? [resourceName] : [], hostNames, labels };
}

function totalsOf(found: readonly FoundFinding[], others: Totals): Totals & Readonly<{ riskScore: number }> {
  const counts = { ...others.counts };
  for (const { match } of found) counts[severities[match.severity] ?? "unknown"] += 1;
  return {
    counts,
    fixable: others.fixable + found.filter(({ hasFix }) => hasFix).length,
    knownExploited: others.knownExploited + found.filter(({ match }) => match.knownExploited).length,
    riskScore: resourceRiskScore(counts),
  };
}
