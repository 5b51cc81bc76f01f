import { severities } from "@rampart/kernel";
import { byWeight } from "../scan/finding-lines.ts";
import { blockedBy, cautionsOf, countSeverities, type ScanReport, verdictOf } from "../scan/report.ts";
import type { ReportedFinding } from "../scan/reported-finding.ts";
import { adviceLines } from "./markdown-advice.ts";
import { markdownLink, markdownText } from "./markdown-text.ts";

const worstShown = 25;
/** A job summary of GitHub may hold 1 MiB. */
const detailsMax = 1_000;
const cellMax = 120;
const sentenceMax = 1_000;

/** Markdown for the summary of a job: the verdict, what to do, counts, and the findings that weigh most. */
export function reportAsMarkdown(report: ScanReport, details: boolean): string {
  const blocks = [
    `### Rampart: ${markdownText(report.name, cellMax)}`,
    sentenceOfVerdict(report),
    listOf(adviceLines(report)),
    countsTable(report.findings),
    findingsTable(report.findings, details ? detailsMax : worstShown),
    listOf(cautionsOf(report).map(({ message }) => `Warning: ${markdownText(message, sentenceMax)}`)),
    listOf(report.leftOut.map(({ sentence }) => markdownText(sentence, sentenceMax))),
    `Compared with ${markdownText(report.knowledge, sentenceMax)}.`,
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function sentenceOfVerdict(report: ScanReport): string {
  switch (verdictOf(report)) {
    case "failed":
      return `**Failed**: rule "${markdownText(report.ruleName ?? "none", cellMax)}" blocks ${blockedBy(report).length} of ${report.findings.length} findings.`;
    case "incomplete":
      return "**Incomplete**: the absence of findings proves nothing here.";
    case "passed":
      return "**Passed**.";
  }
}

function listOf(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

function countsTable(findings: readonly ReportedFinding[]): string {
  const counts = countSeverities(findings);
  const worstFirst = severities.toReversed();
  return tableOf(worstFirst, [worstFirst.map((severity) => String(counts[severity]))]);
}

function findingsTable(findings: readonly ReportedFinding[], rowsMax: number): string {
  if (findings.length === 0) return "";
  const shown = findings.toSorted(byEffectAndWeight).slice(0, rowsMax);
  const rows = tableOf(["CVE", "Severity", "Package", "Version", "Status", "Policy", "Place"], shown.map(toCells));
  const hidden = findings.length - shown.length;
  return hidden === 0 ? rows : `${rows}\n\n… and ${hidden} more; the other reports list them.`;
}

const effectRank = { block: 2, alert: 1, ignore: 0 } as const;

/** What stops the build is what the reader came for. */
function byEffectAndWeight(left: ReportedFinding, right: ReportedFinding): number {
  return effectRank[right.effect] - effectRank[left.effect] || byWeight(left, right);
}

function toCells(finding: ReportedFinding): string[] {
  const { cve, severity, packageName, packageVersion, status, effect, path } = finding;
  const exploited = finding.knownExploited ? ", exploited" : "";
  return [
    markdownLink(cve, finding.link, cellMax),
    `${severity}${exploited}`,
    ...[packageName, packageVersion, status, effect, path ?? ""].map((text) => markdownText(text, cellMax)),
  ];
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
