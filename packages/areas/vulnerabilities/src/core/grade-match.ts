import type { Severity } from "@rampart/kernel";
import type { RiskFactor, RiskTerm } from "../contract/risk.ts";
import type { CveFacts, Knowledge } from "./advisory.ts";
import { cvssBaseScore } from "./cvss.ts";
import type { Match } from "./match-package.ts";
import { riskFactorsOf, riskScoreOf, riskTermsOf } from "./risk.ts";
import { severityOfScore } from "./severity.ts";
import { statusText } from "./vendor-status.ts";

export type Grade = Readonly<{
  severity: Severity;
  /** Who graded it: "vendor: DSA-5532-1", "CVSS: GHSA-…", "CVSS: side tables", "nobody". */
  severitySource: string;
  cvss: number | null;
  cvssVector: string | null;
  summary: string;
  link: string | null;
  status: string;
  publishedAt: string | null;
  epss: number | null;
  epssPercentile: number | null;
  knownExploited: boolean;
  proofs: number;
  riskFactors: readonly RiskFactor[];
  riskTerms: readonly RiskTerm[];
  riskScore: number;
}>;

type Score = Readonly<{ cvss: number | null; cvssVector: string | null }>;
type Scored = Readonly<{ score: Score; scoredBy: string }>;

/** Severity, score and risk of a match: the vendor's word first, then CVSS of its advisories, then of the CVE. */
export function gradeMatch(match: Match, facts: CveFacts, now: Date): Grade {
  const { advisories, fixVersion } = match;
  const { score, scoredBy } = scoreOf(advisories, facts);
  const { severity, severitySource } = severityOf(advisories, score, scoredBy);
  const summary = advisories.map(({ advisory }) => advisory.summary).find((text) => text !== "") ?? "";
  const publishedAt = facts.publishedAt ?? earliestOf(advisories);
  const known = { knownExploited: facts.knownExploited ?? false, proofs: facts.proofs ?? 0 };
  const risk = { severity, ...score, ...known, summary, hasFix: fixVersion !== null, publishedAt, now };
  const riskFactors = riskFactorsOf(risk);
  const riskTerms = riskTermsOf(risk, riskFactors);
  return {
    severity,
    severitySource,
    ...score,
    ...known,
    summary,
    link: firstLinkOf(advisories) ?? linkOf(match.cve),
    status: statusOf(match),
    publishedAt,
    epss: facts.epss ?? null,
    epssPercentile: facts.epssPercentile ?? null,
    riskFactors,
    riskTerms,
    riskScore: riskScoreOf(riskTerms),
  };
}

function severityOf(
  advisories: readonly Knowledge[],
  { cvss }: Score,
  scoredBy: string,
): Pick<Grade, "severity" | "severitySource"> {
  for (const { affected, advisory } of advisories) {
    const severity = affected.severity ?? advisory.severity;
    if (severity !== undefined) return { severity, severitySource: `vendor: ${advisory.id}` };
  }
  if (cvss === null) return { severity: "unknown", severitySource: "nobody" };
  return { severity: severityOfScore(cvss), severitySource: `CVSS: ${scoredBy}` };
}

function scoreOf(advisories: readonly Knowledge[], facts: CveFacts): Scored {
  const sources = [
    ...advisories.map(({ advisory }) => ({ said: advisory, scoredBy: advisory.id })),
    { said: facts, scoredBy: "side tables" },
  ];
  for (const { said, scoredBy } of sources) {
    const computed = said.cvssVector === undefined ? null : cvssBaseScore(said.cvssVector);
    const cvss = computed ?? said.cvssScore ?? null;
    if (cvss !== null) return { score: { cvss, cvssVector: said.cvssVector ?? null }, scoredBy };
  }
  return { score: { cvss: null, cvssVector: null }, scoredBy: "" };
}

/** A flaw is as old as the first word about it; a distribution's repair comes months later. */
function earliestOf(advisories: readonly Knowledge[]): string | null {
  const days = advisories.flatMap(({ advisory }) => advisory.publishedAt ?? []);
  return days.toSorted()[0] ?? null;
}

function firstLinkOf(advisories: readonly Knowledge[]): string | undefined {
  return advisories.map(({ advisory }) => advisory.link).find((link) => link !== undefined);
}

function linkOf(cve: string): string | null {
  return cve.startsWith("CVE-") ? `https://nvd.nist.gov/vuln/detail/${cve}` : null;
}

function statusOf({ fixVersion, status }: Match): string {
  return fixVersion === null ? statusText(status) : `fixed in ${fixVersion}`;
}
