import { endOfLifeOf, isIncomplete, isSupportedEcosystem, type Inspection } from "@rampart/inspection";
import type { LeftOut } from "@rampart/vulnerabilities/contract";
import type { Severity, SeverityCounts } from "@rampart/kernel";
import { exitCodes, type ExitCode } from "../output/exit-codes.ts";
import type { ReportedFinding } from "./reported-finding.ts";

export type ScanReport = Readonly<{
  name: string;
  inspection: Inspection;
  /** Where the scanned checkout lies as a code host sees it, such as `services/web`; null for what is no source. */
  sourceFolder: string | null;
  findings: readonly ReportedFinding[];
  /** Findings that were not made, with the reason. */
  leftOut: readonly LeftOut[];
  /** Distribution about which no advisory was at hand. */
  uncovered: string | null;
  /** The rule that decided; null when none fits. */
  ruleName: string | null;
  passed: boolean;
  /** What the findings were compared with, for the reader to judge. */
  knowledge: string;
  scannedAt: Date;
}>;

/** What a gate says: an incomplete scan is neither of the other two. */
export type Verdict = "passed" | "failed" | "incomplete";

/** A policy failure weighs most; a scan that cannot be trusted never passes silently. */
export function verdictOf(report: ScanReport): Verdict {
  if (!report.passed) return "failed";
  return cannotTell(report) ? "incomplete" : "passed";
}

const codeOfVerdict = {
  passed: exitCodes.passed,
  failed: exitCodes.policyFailed,
  incomplete: exitCodes.scanFailed,
} as const;

export function exitCodeFor(report: ScanReport): ExitCode {
  return codeOfVerdict[verdictOf(report)];
}

/** Whether flaws may be there that nobody could have found. */
export function cannotTell({ inspection, uncovered }: ScanReport): boolean {
  return uncovered !== null || isIncomplete(inspection.inventory);
}

export function countSeverities(findings: readonly { severity: Severity }[]): SeverityCounts {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

export function blockedBy(report: ScanReport): ReportedFinding[] {
  return report.findings.filter((finding) => finding.effect === "block");
}

/** Something a reader must know before believing the findings. */
export type Caution = Readonly<{ code: string; message: string; hidesFlaws: boolean }>;

/** All that a reader must know beside the findings, whatever form the report has. */
export function cautionsOf(report: ScanReport): Caution[] {
  const { inspection, scannedAt } = report;
  const end = endOfLifeOf(inspection.inventory.os, scannedAt);
  return [
    ...(end?.isOver === true ? [{ code: "end-of-life", message: end.sentence, hidesFlaws: false }] : []),
    ...uncoveredCaution(report),
    ...inspection.inventory.warnings.map(({ code, message }) => ({
      code,
      message,
      hidesFlaws: isIncomplete({ warnings: [{ code }] }),
    })),
  ];
}

/** A distribution that nobody could have advisories of is told by the inspection itself. */
function uncoveredCaution({ uncovered, knowledge }: ScanReport): Caution[] {
  if (uncovered === null || !isSupportedEcosystem(uncovered)) return [];
  const message = `${knowledge} say nothing of ${uncovered}: flaws of its packages are not known. Load its advisories.`;
  return [{ code: "uncovered-distribution", message, hidesFlaws: true }];
}
