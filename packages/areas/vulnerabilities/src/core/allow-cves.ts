import type { AllowedCve } from "../contract/own-lists.ts";
import type { PolicyRule } from "../contract/policy.ts";

/** The rules with the project's allow list as the first exceptions of each: it counts before whatever a rule says. */
export function withAllowed(rules: readonly PolicyRule[], allowed: readonly AllowedCve[]): readonly PolicyRule[] {
  if (allowed.length === 0) return rules;
  const exceptions = allowed.map(({ cve, description, expiresAt }) => ({
    cve,
    effect: "ignore" as const,
    reason: description,
    ...(expiresAt !== undefined && { expiresAt }),
  }));
  return rules.map((rule) => ({ ...rule, exceptions: [...exceptions, ...rule.exceptions] }));
}
