import type { Severity } from "@rampart/kernel";
import type { RiskFactor, RiskTerm } from "../contract/risk.ts";
import type { CveFacts, Knowledge } from "./advisory.ts";
import { cvssBaseScore, readCvss } from "./cvss.ts";
import type { Match } from "./match-package.ts";
import { riskFactorsOf, riskScoreOf, riskTermsOf } from "./risk.ts";
import { severityOfScore } from "./severity.ts";

export type Grade = Readonly<{
  severity: Severity;
  /** Who graded it. */
  severitySource: "vendor" | "cvss" | "none";
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

/** Severity, score and risk of a match: the vendor's word first, then CVSS of its advisories, then of the CVE. */
export function gradeMatch(match: Match, facts: CveFacts, now: Date): Grade {
  const { advisories, fixVersion } = match;
  const score = scoreOf(advisories, facts);
  const { severity, severitySource } = severityOf(advisories, score);
  const summary = advisories.map(({ advisory }) => advisory.summary).find((text) => text !== "") ?? "";
  const publishedAt = firstOf(advisories, "publishedAt") ?? facts.publishedAt ?? null;
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
    link: firstOf(advisories, "link") ?? linkOf(match.cve),
    status: statusOf(match),
    publishedAt,
    epss: facts.epss ?? null,
    epssPercentile: facts.epssPercentile ?? null,
    riskFactors,
    riskTerms,
    riskScore: riskScoreOf(riskTerms),
  };
}

function severityOf(advisories: readonly Knowledge[], { cvss }: Score): Pick<Grade, "severity" | "severitySource"> {
  const words = advisories.map(({ affected, advisory }) => affected.severity ?? advisory.severity);
  const vendor = words.find((word) => word !== undefined);
  if (vendor !== undefined) return { severity: vendor, severitySource: "vendor" };
  if (cvss === null) return { severity: "unknown", severitySource: "none" };
  return { severity: severityOfScore(cvss), severitySource: "cvss" };
}

function scoreOf(advisories: readonly Knowledge[], facts: CveFacts): Score {
  for (const { cvssVector, cvssScore } of [...advisories.map(({ advisory }) => advisory), facts]) {
    const computed = cvssVector === undefined ? null : cvssBaseScore(cvssVector);
    const cvss = computed ?? cvssScore ?? null;
    if (cvss !== null) return { cvss, cvssVector: cvssVector ?? null };
  }
  const readable = advisories
    .map(({ advisory }) => advisory.cvssVector)
    .find((vector) => vector !== undefined && readCvss(vector) !== null);
  return { cvss: null, cvssVector: readable ?? facts.cvssVector ?? null };
}

function firstOf(advisories: readonly Knowledge[], field: "publishedAt" | "link"): string | undefined {
  return advisories.map(({ advisory }) => advisory[field]).find((value) => value !== undefined);
}

function linkOf(cve: string): string | null {
  return cve.startsWith("CVE-") ? `https://nvd.nist.gov/vuln/detail/${cve}` : null;
}

function statusOf({ fixVersion, status }: Match): string {
  if (fixVersion !== null) return `fixed in ${fixVersion}`;
  if (status === "fix-not-planned") return "will not fix";
  return status === null || status === "detection" || status === "true-positive-determination"
    ? "affected"
    : status.replaceAll("-", " ");
}
