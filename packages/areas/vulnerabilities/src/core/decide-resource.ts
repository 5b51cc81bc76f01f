import type { PolicyEffect } from "../contract/findings.ts";
import type { PolicyRule } from "../contract/policy.ts";
import { decideFinding, stronger, type Decision, type JudgedFinding } from "./decide-finding.ts";
import { isInScope, type Subject } from "./is-in-scope.ts";

export type ResourceDecision<Finding> = Readonly<{
  /** The rule that decided; null = none fits. */
  rule: PolicyRule | null;
  /** The strongest effect on any finding; "ignore" for a resource without findings. */
  effect: PolicyEffect;
  decisions: readonly Readonly<{ finding: Finding; decision: Decision }>[];
}>;

/** Rules are read from the top; the first enabled one whose scope fits decides alone. */
export function findRule(rules: readonly PolicyRule[], subject: Subject): PolicyRule | null {
  return rules.find((rule) => rule.enabled && isInScope(subject, rule.collections)) ?? null;
}

export function decideResource<Finding extends JudgedFinding>(
  rules: readonly PolicyRule[],
  subject: Subject,
  findings: readonly Finding[],
  now: Date,
): ResourceDecision<Finding> {
  const rule = findRule(rules, subject);
  const decisions = findings.map((finding) => ({
    finding,
    decision: atMost(subject, decideFinding(rule, finding, now)),
  }));
  const effect = decisions.reduce<PolicyEffect>(
    (strongest, { decision }) => stronger(strongest, decision.effect),
    "ignore",
  );
  return { rule, effect, decisions };
}

/** Nothing can be blocked about a host that already runs; the strongest effect there is an alert. */
function atMost({ resourceKind }: Subject, decision: Decision): Decision {
  return resourceKind === "host" && decision.effect === "block" ? { ...decision, effect: "alert" } : decision;
}
