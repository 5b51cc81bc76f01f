import type { Severity, SeverityCounts } from "@rampart/kernel";
import type { RiskFactor, RiskTerm } from "../contract/risk.ts";
import { readCvss } from "./cvss.ts";

/** What the score and the factors are made of. */
export type RiskFacts = Readonly<{
  severity: Severity;
  cvss: number | null;
  cvssVector: string | null;
  summary: string;
  hasFix: boolean;
  knownExploited: boolean;
  proofs: number;
  publishedAt: string | null;
  now: Date;
}>;

const severityFactors: Readonly<Record<Severity, RiskFactor | null>> = {
  critical: "Critical severity",
  high: "High severity",
  medium: "Medium severity",
  low: null,
  unknown: null,
};

/** Grades without a score; also what "unknown" weighs, so that nobody's silence makes a flaw harmless. */
const basePoints: Readonly<Record<Severity, number>> = { critical: 57, high: 45, medium: 27, low: 9, unknown: 9 };

/** The reasons to hurry, in the order of their list. */
export function riskFactorsOf(facts: RiskFacts): readonly RiskFactor[] {
  const metrics = facts.cvssVector === null ? undefined : readCvss(facts.cvssVector)?.metrics;
  const is = (name: string, value: string) => metrics?.get(name) === value;
  const network = is("AV", "N");
  // What 3.1 calls C, 4.0 calls VC.
  const loses = (name: string, ...values: readonly string[]) =>
    values.some((value) => is(name, value) || is(`V${name}`, value));
  const onlyAvailability = loses("C", "N") && loses("I", "N");
  const factors: readonly (readonly [boolean, RiskFactor | null])[] = [
    [true, severityFactors[facts.severity]],
    [facts.hasFix, "Has fix"],
    [isRemoteExecution(facts.summary, network), "Remote execution"],
    [onlyAvailability && loses("A", "L", "P"), "DoS - Low"],
    [onlyAvailability && loses("A", "H", "C"), "DoS - High"],
    [isRecent(facts.publishedAt, facts.now), "Recent vulnerability"],
    [facts.knownExploited, "Exploit exists - in the wild"],
    [facts.proofs > 0, "Exploit exists - POC"],
    [is("AC", "L"), "Attack complexity: low"],
    [network, "Attack vector: network"],
  ];
  return factors.flatMap(([holds, factor]) => (holds && factor !== null ? [factor] : []));
}

function isRemoteExecution(summary: string, network: boolean): boolean {
  const text = summary.toLowerCase();
  return (
    /remote code execution|remote command execution|\brce\b/.test(text) ||
    (network && /(arbitrary|execut\w+) (code|command)/.test(text))
  );
}

/** Published in this or the last calendar year. */
function isRecent(publishedAt: string | null, now: Date): boolean {
  return publishedAt !== null && new Date(publishedAt).getUTCFullYear() >= now.getUTCFullYear() - 1;
}

/** Every addend of the score of one finding, 0 to 100 when summed and clamped. */
export function riskTermsOf(facts: RiskFacts, factors: readonly RiskFactor[]): readonly RiskTerm[] {
  const has = (factor: RiskFactor) => factors.includes(factor);
  const base: RiskTerm =
    facts.cvss === null
      ? { term: `severity ${facts.severity}`, points: basePoints[facts.severity] }
      : { term: `CVSS ${facts.cvss.toFixed(1)}`, points: Math.round(facts.cvss * 6) };
  const terms: readonly (readonly [boolean, RiskTerm])[] = [
    [true, base],
    [facts.knownExploited, { term: "exploited in the wild", points: 15 }],
    [!facts.knownExploited && facts.proofs > 0, { term: "proof of concept published", points: 8 }],
    [has("Remote execution"), { term: "remote execution", points: 5 }],
    [has("Attack vector: network"), { term: "reachable over the network", points: 3 }],
    [has("Attack complexity: low"), { term: "low attack complexity", points: 2 }],
    [facts.hasFix, { term: "a fix is available", points: 2 }],
    [has("Recent vulnerability"), { term: "recent", points: 1 }],
  ];
  return terms.flatMap(([holds, term]) => (holds ? [term] : []));
}

export function riskScoreOf(terms: readonly RiskTerm[]): number {
  const sum = terms.reduce((total, { points }) => total + points, 0);
  return Math.max(0, Math.min(100, sum));
}

/** The sort key of a whole resource, as integrations of the reference API know it. */
export function resourceRiskScore({ critical, high, medium, low }: SeverityCounts): number {
  return critical * 1_000_000 + high * 10_000 + medium * 100 + low;
}
