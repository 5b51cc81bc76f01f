import { defaultRuleName, everything, type PolicyRule } from "../contract/policy.ts";

/** The rule that every project starts with: fixed, so that it is the same one however often it is read. */
export const defaultRule: PolicyRule = {
  id: "00000000-0000-7000-8000-0000000000d1",
  name: defaultRuleName,
  notes: "",
  enabled: true,
  collections: [everything],
  alertFrom: "low",
  blockFrom: null,
  onlyFixed: false,
  graceDays: 0,
  exceptions: [],
  riskFactorEffects: [],
  packageKindThresholds: [],
  blockMessage: "",
};

/** Names of earlier rules that always decide first, by the id of the rule that therefore never does. */
export function shadowsOf(rules: readonly PolicyRule[]): ReadonlyMap<string, string> {
  const shadows = new Map<string, string>();
  rules.forEach((rule, index) => {
    const earlier = rules.slice(0, index).find((candidate) => candidate.enabled && covers(candidate, rule));
    if (earlier !== undefined) shadows.set(rule.id, earlier.name);
  });
  return shadows;
}

/** True only where it is certain: an earlier collection asks for nothing, or every collection of the later one is in it. */
function covers(earlier: PolicyRule, later: PolicyRule): boolean {
  const texts = new Set(earlier.collections.map(conditions));
  const asksNothing = JSON.stringify([[], [], []]);
  return texts.has(asksNothing) || later.collections.every((collection) => texts.has(conditions(collection)));
}

function conditions({ images, hosts, labels }: PolicyRule["collections"][number]): string {
  return JSON.stringify([images, hosts, labels].map((patterns) => patterns.toSorted()));
}

/** Who is named as having reported a finding for which no rule fits; everything alerts then. */
export const noRule = { ruleId: "00000000-0000-7000-8000-0000000000d0", ruleName: null } as const;
