import { severities } from "@rampart/kernel";
import { findingLines } from "../scan/finding-lines.ts";
import { blockedBy, cautionsOf, countSeverities, type ScanReport, verdictOf } from "../scan/report.ts";
import type { ReportedFinding } from "../scan/reported-finding.ts";
import { secretLines } from "../scan/secret-lines.ts";

/** The report for a terminal. */
export function reportAsText(report: ScanReport, details: boolean): string {
  const { inspection, findings } = report;
  const parts = [
    `${report.name}: ${inspection.inventory.os?.name ?? "no distribution"}, ${inspection.inventory.packages.length} packages`,
    ...cautionsOf(report).map(({ message }) => `warning: ${message}`),
    ...secretLines(inspection.inventory),
    ...findingLines(findings, details),
    ...report.leftOut.map(({ sentence }) => sentence),
    `${sentenceOfCounts(findings)} (compared with ${report.knowledge})`,
    sentenceOfVerdict(report),
  ];
  return `${parts.join("\n")}\n`;
}

function sentenceOfCounts(findings: readonly ReportedFinding[]): string {
  const counts = countSeverities(findings);
  const told = severities.toReversed().map((severity) => `${severity}: ${counts[severity]}`);
  return `${findings.length} findings, ${told.join(", ")}`;
}

/** The words that older pipelines search the log for. */
function sentenceOfVerdict(report: ScanReport): string {
  switch (verdictOf(report)) {
    case "failed":
      return `Vulnerability threshold check results: FAIL (rule "${report.ruleName ?? "none"}", ${blockedBy(report).length} findings)`;
    case "incomplete":
      return "Scan incomplete: the absence of findings proves nothing here.";
    case "passed":
      return "Vulnerability threshold check results: PASS";
  }
}
