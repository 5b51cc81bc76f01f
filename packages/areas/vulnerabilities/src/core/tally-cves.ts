import type { ResourceKind } from "../contract/resource.ts";
import type { FindingPlan, FoundFinding } from "./plan-findings.ts";

/** Package names shown with a CVE. */
export const packagesShownMax = 10;

/** What a batch of resources says about one CVE. */
export type CveTally = Readonly<{
  cve: string;
  /** Resources that newly have it, less those that no longer do. */
  images: number;
  hosts: number;
  /** The gravest of its findings that were written; null when it only went. */
  grade: CveGrade | null;
}>;

export type CveGrade = Readonly<{
  severity: number;
  cvss: number | null;
  riskScore: number;
  fixable: boolean;
  exploited: boolean;
  packages: readonly string[];
  matchId: string;
}>;

export type PlannedResource = Readonly<{
  resourceKind: ResourceKind;
  plan: FindingPlan;
  /** Every finding of the compared packages. */
  found: readonly FoundFinding[];
}>;

type Growing = { cve: string; images: number; hosts: number; grade: CveGrade | null };

/** Sums up in the order of the names, so that writers of the shared rows never wait in a ring. */
export function tallyCves(resources: readonly PlannedResource[]): readonly CveTally[] {
  const tallies = new Map<string, Growing>();
  const of = (cve: string): Growing => {
    const tally = tallies.get(cve) ?? { cve, images: 0, hosts: 0, grade: null };
    tallies.set(cve, tally);
    return tally;
  };
  for (const { resourceKind, plan, found } of resources) {
    const count = resourceKind === "image" ? "images" : "hosts";
    for (const cve of plan.cvesAdded) of(cve)[count] += 1;
    for (const cve of plan.cvesRemoved) of(cve)[count] -= 1;
    const graded = new Set([...plan.cvesAdded, ...plan.cvesChanged]);
    for (const finding of found) if (graded.has(finding.cve)) addGrade(of(finding.cve), finding);
  }
  return [...tallies.values()].toSorted((left, right) => (left.cve < right.cve ? -1 : 1));
}

function addGrade(tally: Growing, { match, hasFix }: FoundFinding): void {
  const { severity, cvss, riskScore, knownExploited, packageName, id } = match;
  const { grade } = tally;
  if (grade === null) {
    const packages = [packageName];
    tally.grade = { severity, cvss, riskScore, fixable: hasFix, exploited: knownExploited, packages, matchId: id };
    return;
  }
  const isGraver = riskScore > grade.riskScore || (riskScore === grade.riskScore && id < grade.matchId);
  const isListed = grade.packages.includes(packageName) || grade.packages.length >= packagesShownMax;
  tally.grade = {
    severity: Math.max(grade.severity, severity),
    cvss: cvss === null ? grade.cvss : Math.max(grade.cvss ?? 0, cvss),
    riskScore: Math.max(grade.riskScore, riskScore),
    fixable: grade.fixable || hasFix,
    exploited: grade.exploited || knownExploited,
    packages: isListed ? grade.packages : [...grade.packages, packageName].toSorted(),
    matchId: isGraver ? id : grade.matchId,
  };
}
