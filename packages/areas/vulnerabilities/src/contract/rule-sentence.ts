import type { PolicyRule, RuleCollection } from "./policy.ts";

/** One rule as a sentence that a person reads in a list. */
export function ruleSentence(rule: Omit<PolicyRule, "id" | "name" | "notes">): string {
  const acts = [actText("Block", rule.blockFrom), actText("alert on", rule.alertFrom)].filter((text) => text !== null);
  const what = acts.length === 0 ? "Ignore all findings" : acts.join("; ");
  const parts = [
    `${capitalised(what)}${rule.onlyFixed && acts.length > 0 ? " that have a fix" : ""}${graceText(rule)}`,
    ` in ${scopeText(rule.collections)}`,
    factorText(rule),
    kindText(rule),
    exceptionText(rule),
  ];
  return `${parts.join("")}${rule.enabled ? "" : " (switched off)"}`;
}

function actText(verb: string, from: PolicyRule["alertFrom"]): string | null {
  if (from === null) return null;
  return from === "low" ? `${verb} all findings` : `${verb} ${from === "critical" ? "critical" : `${from} or worse`}`;
}

function graceText({ blockFrom, graceDays }: Pick<PolicyRule, "blockFrom" | "graceDays">): string {
  if (blockFrom === null) return "";
  if (typeof graceDays === "number") return graceDays === 0 ? "" : `, blocking only after ${days(graceDays)} of grace`;
  const { critical, high, medium, low } = graceDays;
  return `, blocking only after a grace of ${critical}/${high}/${medium}/${low} days (critical/high/medium/low)`;
}

function scopeText(collections: readonly RuleCollection[]): string {
  return collections.map((collection) => (collection.name === "All" ? "everything" : collection.name)).join(" or ");
}

function factorText({ riskFactorEffects }: Pick<PolicyRule, "riskFactorEffects">): string {
  return riskFactorEffects
    .map(
      ({ factor, effect }) =>
        `; ${effect} ${factor.endsWith("POC") ? "what has a proof of concept" : "what is exploited in the wild"}`,
    )
    .join("");
}

function kindText({ packageKindThresholds }: Pick<PolicyRule, "packageKindThresholds">): string {
  const kinds = packageKindThresholds.map(({ packageKind }) => packageKind);
  return kinds.length === 0 ? "" : `; own thresholds for ${kinds.join(", ")} packages`;
}

function exceptionText({ exceptions }: Pick<PolicyRule, "exceptions">): string {
  if (exceptions.length === 0) return "";
  return exceptions.length === 1
    ? `; except ${exceptions[0]?.cve ?? ""}`
    : `; with ${exceptions.length} CVE exceptions`;
}

function days(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
