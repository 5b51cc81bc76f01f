import { severities, severityRank, type SeverityCounts } from "@rampart/kernel";
import type { Evidence, PolicyEffect } from "../contract/findings.ts";
import type { RiskFactor, RiskTerm } from "../contract/risk.ts";
import type { Decision, JudgedFinding } from "./decide-finding.ts";
import type { ResourceDecision } from "./decide-resource.ts";

/**
 * A graded flaw in one version of a package. Its id is made of what findings and rules rest upon; the other words may
 * change under the same id, so that an advisory which is only reworded touches one row and none of its findings.
 */
export type StoredMatch = Readonly<{
  id: string;
  /** Fingerprint of the words. */
  wording: string;
  cve: string;
  packageName: string;
  packageVersion: string;
  packageKind: string;
  ecosystem: string;
  /** Rank in `severities`. */
  severity: number;
  severitySource: string;
  cvss: number | null;
  cvssVector: string | null;
  summary: string;
  link: string | null;
  status: string;
  fixVersion: string | null;
  knownExploited: boolean;
  proofs: number;
  publishedAt: string | null;
  riskScore: number;
  riskFactors: readonly RiskFactor[];
  riskTerms: readonly RiskTerm[];
  aliases: readonly string[];
  evidence: readonly Evidence[];
}>;

/** A match on a resource, before the policy has spoken. */
export type FoundFinding = JudgedFinding &
  Readonly<{
    id: string;
    match: StoredMatch;
    purl: string | null;
    path: string | null;
    layer: number | null;
    binaryPackages: readonly string[];
  }>;

/** What is stored of a finding, as far as the next comparison needs it. */
export type KnownFinding = Readonly<{
  id: string;
  matchId: string;
  cve: string;
  effect: PolicyEffect;
  ruleName: string | null;
  blockFrom: Date | null;
  layer: number | null;
  reportedRules: readonly string[];
}>;

export type WrittenFinding = Readonly<{
  finding: FoundFinding;
  effect: PolicyEffect;
  ruleName: string | null;
  blockFrom: Date | null;
  reportedRules: readonly string[];
}>;

export type FindingPlan = Readonly<{
  write: readonly WrittenFinding[];
  removeIds: readonly string[];
  /** CVEs the resource newly has, no longer has, or has with another grade. */
  cvesAdded: readonly string[];
  cvesRemoved: readonly string[];
  cvesChanged: readonly string[];
  /** Findings on which the deciding rule has not reported yet, by effect. */
  violations: Readonly<Record<"alert" | "block", readonly FoundFinding[]>>;
}>;

/** A rule list shorter than this is remembered per finding; beyond it, an old rule may report a finding again. */
const reportedRulesMax = 32;

/** In whose name decisions are stored and told. */
export type Reporter = Readonly<{ ruleId: string; ruleName: string | null }>;

/** What must be written so that the stored findings of a resource become the found ones. */
export function planFindings(
  known: readonly KnownFinding[],
  decided: ResourceDecision<FoundFinding>,
  reporter: Reporter,
): FindingPlan {
  const knownById = new Map(known.map((finding) => [finding.id, finding]));
  const written = decided.decisions.map(({ finding, decision }) => toWritten(finding, decision, knownById, reporter));
  const foundIds = new Set(written.map(({ finding }) => finding.id));
  const knownCves = new Set(known.map(({ cve }) => cve));
  const foundCves = new Set(written.map(({ finding }) => finding.cve));
  const regraded = written.filter(({ finding }) => knownById.get(finding.id)?.matchId !== finding.match.id);
  return {
    write: written.filter((one) => differs(one, knownById.get(one.finding.id))),
    removeIds: known.filter(({ id }) => !foundIds.has(id)).map(({ id }) => id),
    cvesAdded: [...foundCves].filter((cve) => !knownCves.has(cve)),
    cvesRemoved: [...knownCves].filter((cve) => !foundCves.has(cve)),
    cvesChanged: [...new Set(regraded.map(({ finding }) => finding.cve))].filter((cve) => knownCves.has(cve)),
    violations: {
      alert: violationsOf(written, "alert", knownById, reporter.ruleId),
      block: violationsOf(written, "block", knownById, reporter.ruleId),
    },
  };
}

function toWritten(
  finding: FoundFinding,
  { effect, blockFrom }: Decision,
  known: ReadonlyMap<string, KnownFinding>,
  { ruleId, ruleName }: Reporter,
): WrittenFinding {
  const before = known.get(finding.id)?.reportedRules ?? [];
  const reportedRules =
    effect === "ignore" || before.includes(ruleId) ? before : [...before, ruleId].slice(-reportedRulesMax);
  return { finding, effect, ruleName, blockFrom, reportedRules };
}

function violationsOf(
  written: readonly WrittenFinding[],
  wanted: PolicyEffect,
  known: ReadonlyMap<string, KnownFinding>,
  ruleId: string,
): readonly FoundFinding[] {
  return written
    .filter(
      ({ effect, finding }) => effect === wanted && !(known.get(finding.id)?.reportedRules ?? []).includes(ruleId),
    )
    .map(({ finding }) => finding);
}

function differs(written: WrittenFinding, known: KnownFinding | undefined): boolean {
  if (known === undefined) return true;
  return (
    known.matchId !== written.finding.match.id ||
    known.effect !== written.effect ||
    known.ruleName !== written.ruleName ||
    known.layer !== written.finding.layer ||
    known.blockFrom?.getTime() !== written.blockFrom?.getTime() ||
    known.reportedRules.length !== written.reportedRules.length
  );
}

export function countSeverities(ranks: readonly number[]): SeverityCounts {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
  for (const rank of ranks) counts[severities[rank] ?? "unknown"] += 1;
  return counts;
}

/** Worst first, as people want to read them. */
export function byRisk(left: FoundFinding, right: FoundFinding): number {
  return (
    severityRank(right.severity) - severityRank(left.severity) ||
    right.match.riskScore - left.match.riskScore ||
    left.cve.localeCompare(right.cve, "en")
  );
}
