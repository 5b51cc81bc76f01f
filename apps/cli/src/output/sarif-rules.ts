import { type Severity, severityRank } from "@rampart/kernel";
import type { ReportedFinding } from "../scan/reported-finding.ts";
import { oneLine } from "./one-line.ts";
import { webAddress } from "./web-address.ts";

/** GitHub cuts longer descriptions. */
const descriptionMax = 1_000;

/** GitHub refuses a rule with more. */
const tagsMax = 20;
const scoreMin = 0.1;
const scoreMax = 10;

/** Stands in for a CVSS score that nobody has given, in the middle of the severity's band. */
const scoreOf: Readonly<Record<Severity, number | null>> = {
  critical: 9.5,
  high: 8,
  medium: 5.5,
  low: 2,
  unknown: null,
};

/** One rule for each CVE, described by its worst finding. */
export function rulesOf(findings: readonly ReportedFinding[]) {
  return [...Map.groupBy(findings, ({ cve }) => cve).values()].flatMap((same) => {
    const worst = same.reduce((left, right) => (weightOf(right) > weightOf(left) ? right : left));
    return [toRule(worst)];
  });
}

function weightOf({ severity, cvss }: ReportedFinding): number {
  return severityRank(severity) * 100 + (cvss ?? 0);
}

function toRule(finding: ReportedFinding) {
  const { cve, severity, summary, riskFactors } = finding;
  const address = webAddress(finding.link);
  const described = oneLine(summary, descriptionMax) || `${cve} has no description.`;
  const score = scoreFor(finding);
  return {
    id: cve,
    name: "VulnerablePackage",
    shortDescription: { text: oneLine(`${cve}: ${described}`, descriptionMax) },
    fullDescription: { text: described },
    help: { text: helpOf(finding, described) },
    ...(address !== null && { helpUri: address }),
    properties: {
      ...(score !== null && { "security-severity": score.toFixed(1) }),
      precision: "very-high",
      tags: [...new Set(["security", "vulnerability", severity, ...riskFactors])].slice(0, tagsMax),
    },
  };
}

/** What rounds to zero would say that there is no danger at all. */
function scoreFor({ cvss, severity }: ReportedFinding): number | null {
  return cvss !== null && cvss >= scoreMin && cvss <= scoreMax ? cvss : scoreOf[severity];
}

function helpOf({ severity, cvss, vector, packageName, fixVersion, epss }: ReportedFinding, described: string): string {
  return [
    described,
    `Severity: ${severity}${cvss === null ? "" : `, CVSS ${cvss}`}${vector === null ? "" : ` (${vector})`}`,
    ...(epss === null ? [] : [`Probability of exploitation within 30 days (EPSS): ${(epss * 100).toFixed(1)} %`]),
    fixVersion === null
      ? `No fixed version of ${packageName} is known.`
      : `Update ${packageName} to ${fixVersion} or later.`,
  ].join("\n");
}

export function secretRule(kind: string) {
  const text = "A key or login lies in what was scanned. Whoever has it can use it: revoke it, then remove it.";
  return {
    id: `secret-${kind}`,
    name: "SecretInFile",
    shortDescription: { text: `Secret: ${kind}` },
    fullDescription: { text },
    help: { text },
    properties: { "security-severity": scoreOf.high?.toFixed(1), precision: "high", tags: ["security", "secret"] },
  };
}
