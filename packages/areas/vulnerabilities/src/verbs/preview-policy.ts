import { previewResourcesMax, type PolicyPreview, type PolicyRule, type PreviewPolicy } from "../contract.ts";
import { withAllowed } from "../core/allow-cves.ts";
import { decideResource } from "../core/decide-resource.ts";
import { countSeverities } from "../core/plan-findings.ts";
import type { JudgedResource, VulnerabilityCtx } from "../ports.ts";
import { subjectOf } from "./plan-comparisons.ts";

/** Findings a preview reads; beyond, its numbers are lower bounds. */
export const previewFindingsMax = 50_000;

type RuleTally = { -readonly [Key in keyof PolicyPreview["rules"][number]]: PolicyPreview["rules"][number][Key] };

/** What these rules would do today. Nothing is saved, and the decision is the one that saving would bring. */
export async function previewPolicy(ctx: VulnerabilityCtx, asked: PreviewPolicy): Promise<PolicyPreview> {
  ctx.require("vulnerabilities.read");
  const { resources, partial, allowed } = await ctx.read(async ({ findings, ownLists }) => ({
    ...(await findings.listJudged(asked.policy, previewFindingsMax)),
    allowed: (await ownLists.getAllowed()).entries,
  }));
  const inForce = withAllowed(asked.rules, allowed);
  const tallies = new Map<string | null, RuleTally>();
  const examples = resources.map((resource) => tally(ctx, inForce, resource, tallies));
  const rules = [...tallies.values()];
  const sum = (key: "ignored" | "alerted" | "blocked") => rules.reduce((total, rule) => total + rule[key], 0);
  return {
    resources: resources.length,
    findings: resources.reduce((total, { findings }) => total + findings.length, 0),
    partial,
    ignored: sum("ignored"),
    alerted: sum("alerted"),
    blocked: sum("blocked"),
    resourcesBlocked: examples.filter(({ effect }) => effect === "block").length,
    rules,
    examples: examples.toSorted(byEffect).slice(0, previewResourcesMax),
  };
}

type Example = PolicyPreview["examples"][number];

function tally(
  ctx: VulnerabilityCtx,
  rules: readonly PolicyRule[],
  resource: JudgedResource,
  tallies: Map<string | null, RuleTally>,
): Example {
  const { rule, effect, decisions } = decideResource(rules, subjectOf(resource), resource.findings, ctx.clock.now());
  const ruleName = rule?.name ?? null;
  const counted = tallies.get(ruleName) ?? { ruleName, resources: 0, ignored: 0, alerted: 0, blocked: 0 };
  tallies.set(ruleName, counted);
  counted.resources += 1;
  for (const { decision } of decisions) counted[tallyOf[decision.effect]] += 1;
  const { resourceKind, resourceId, resourceName } = resource;
  const counts = countSeverities(resource.findings.map(({ rank }) => rank));
  return { resourceKind, resourceId, resourceName, ruleName, effect, effectNow: resource.effect, counts };
}

const tallyOf = { ignore: "ignored", alert: "alerted", block: "blocked" } as const;
const effectOrder = { block: 0, alert: 1, ignore: 2 } as const;

function byEffect(left: Example, right: Example): number {
  return effectOrder[left.effect] - effectOrder[right.effect] || right.counts.critical - left.counts.critical;
}
