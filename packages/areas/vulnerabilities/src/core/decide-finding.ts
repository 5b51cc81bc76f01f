import { severityRank, type Severity } from "@rampart/kernel";
import type { PolicyEffect } from "../contract/findings.ts";
import type { PolicyRule } from "../contract/policy.ts";
import type { RiskFactor } from "../contract/risk.ts";

/** What a rule looks at in one finding. */
export type JudgedFinding = Readonly<{
  cve: string;
  severity: Severity;
  packageKind: string;
  hasFix: boolean;
  riskFactors: readonly RiskFactor[];
  /** When the vendor's fix appeared, else when the flaw was published: the start of any grace. */
  graceFrom: Date;
}>;

export type Decision = Readonly<{
  effect: PolicyEffect;
  /** When grace ends (or ended) and a block begins; null where no grace applies. */
  blockFrom: Date | null;
}>;

const dayMs = 86_400_000;
const effectRank: Readonly<Record<PolicyEffect, number>> = { ignore: 0, alert: 1, block: 2 };

/**
 * What the one rule that fits says about a finding; without a rule everything alerts. An exception beats thresholds
 * and grace; a known exploit beats grace; grace only softens a block to an alert.
 */
export function decideFinding(rule: PolicyRule | null, finding: JudgedFinding, now: Date): Decision {
  if (rule === null) return without("alert");
  const exception = rule.exceptions.find(({ cve, expiresAt }) => cve === finding.cve && !isExpired(expiresAt, now));
  if (exception !== undefined) return without(exception.effect);
  if (rule.onlyFixed && !finding.hasFix) return without("ignore");
  const byExploit = exploitEffect(rule, finding);
  if (byExploit === "block") return without("block");
  const limits = rule.packageKindThresholds.find(({ packageKind }) => packageKind === finding.packageKind) ?? rule;
  const bySeverity = reaches(finding.severity, limits.alertFrom) ? "alert" : "ignore";
  if (!reaches(finding.severity, limits.blockFrom)) return without(stronger(bySeverity, byExploit));
  const graceDays = graceDaysOf(rule, finding.severity);
  if (graceDays === 0) return without("block");
  const blockFrom = new Date(finding.graceFrom.getTime() + graceDays * dayMs);
  return { effect: now < blockFrom ? "alert" : "block", blockFrom };
}

function without(effect: PolicyEffect): Decision {
  return { effect, blockFrom: null };
}

function isExpired(expiresAt: string | undefined, now: Date): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) <= now.getTime();
}

function exploitEffect(rule: PolicyRule, { riskFactors }: JudgedFinding): PolicyEffect {
  return rule.riskFactorEffects
    .filter(({ factor }) => riskFactors.includes(factor))
    .reduce<PolicyEffect>((strongest, { effect }) => stronger(strongest, effect), "ignore");
}

/** A flaw that nobody graded counts as low: it is shown by a rule that shows everything and by no stricter one. */
function reaches(severity: Severity, threshold: PolicyRule["alertFrom"]): boolean {
  return threshold !== null && severityRank(severity === "unknown" ? "low" : severity) >= severityRank(threshold);
}

function graceDaysOf({ graceDays }: PolicyRule, severity: Severity): number {
  if (typeof graceDays === "number") return graceDays;
  return graceDays[severity === "unknown" ? "low" : severity];
}

/** Whole days until a block begins; negative once it has. */
export function graceDaysLeft(blockFrom: Date | null, now: Date): number | null {
  return blockFrom === null ? null : Math.ceil((blockFrom.getTime() - now.getTime()) / dayMs);
}

export function stronger(left: PolicyEffect, right: PolicyEffect): PolicyEffect {
  return effectRank[left] >= effectRank[right] ? left : right;
}
