import { endOfLifeOf, isIncomplete, isSupportedEcosystem, type Inspection } from "@rampart/inspection";
import type { LeftOut } from "@rampart/vulnerabilities/contract";
import { severities, type Severity, type SeverityCounts } from "@rampart/kernel";
import { exitCodes, type ExitCode } from "../output/exit-codes.ts";
import { findingLines } from "./finding-lines.ts";
import type { ReportedFinding } from "./reported-finding.ts";
import { secretLines } from "./secret-lines.ts";

export type ScanReport = Readonly<{
  name: string;
  inspection: Inspection;
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

/** A policy failure weighs most; a scan that cannot be trusted never passes silently. */
export function exitCodeFor(report: ScanReport): ExitCode {
  if (!report.passed) return exitCodes.policyFailed;
  return cannotTell(report) ? exitCodes.scanFailed : exitCodes.passed;
}

/** Whether flaws may be there that nobody could have found. */
function cannotTell({ inspection, uncovered }: ScanReport): boolean {
  return uncovered !== null || isIncomplete(inspection.inventory);
}

export function countSeverities(findings: readonly { severity: Severity }[]): SeverityCounts {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

export function reportAsText(report: ScanReport, details: boolean): string {
  const { inspection, findings } = report;
  const parts = [
    `${report.name}: ${inspection.inventory.os?.name ?? "no distribution"}, ${inspection.inventory.packages.length} packages`,
    ...endOfLifeLines(report),
    ...uncoveredLines(report),
    ...inspection.inventory.warnings.map((warning) => `warning: ${warning.message}`),
    ...secretLines(inspection.inventory),
    ...findingLines(findings, details),
    ...report.leftOut.map(({ sentence }) => sentence),
    `${sentenceOfCounts(findings)} (compared with ${report.knowledge})`,
    verdictOf(report),
  ];
  return `${parts.join("\n")}\n`;
}

/** Only what is over is worth a line of every scan. */
function endOfLifeLines({ inspection, scannedAt }: ScanReport): string[] {
  const end = endOfLifeOf(inspection.inventory.os, scannedAt);
  return end?.isOver === true ? [`warning: ${end.sentence}`] : [];
}

function sentenceOfCounts(findings: readonly ReportedFinding[]): string {
  const counts = countSeverities(findings);
  const told = severities.toReversed().map((severity) => `${severity}: ${counts[severity]}`);
  return `${findings.length} findings, ${told.join(", ")}`;
}

function uncoveredLines({ uncovered, knowledge }: ScanReport): string[] {
  if (uncovered === null || !isSupportedEcosystem(uncovered)) return [];
  return [
    `warning: ${knowledge} say nothing of ${uncovered}: flaws of its packages are not known. Load its advisories.`,
  ];
}

function verdictOf(report: ScanReport): string {
  const blocked = report.findings.filter((finding) => finding.effect === "block").length;
  if (!report.passed)
    return `Vulnerability threshold check results: FAIL (rule "${report.ruleName ?? "none"}", ${blocked} findings)`;
  if (cannotTell(report)) return "Scan incomplete: the absence of findings proves nothing here.";
  return "Vulnerability threshold check results: PASS";
}

/** The file that importers of CI results know: one result, severities in lower case, times in RFC 3339. */
export function reportAsJson(report: ScanReport): string {
  const { inspection, findings, scannedAt } = report;
  const { inventory, image } = inspection;
  const { unknown, ...graded } = countSeverities(findings);
  const distribution = { ...graded, low: graded.low + unknown, total: findings.length };
  const result = {
    id: image?.imageId ?? "",
    name: report.name,
    distro: inventory.os?.name ?? "",
    distroRelease: inventory.os?.codename ?? "",
    digest: image?.imageId ?? "",
    collections: ["All"],
    packages: inventory.packages.map(({ kind, name, version, path, licenses, purl }) => ({
      type: kind,
      name,
      version,
      path: path ?? "",
      purl,
      licenses: licenses ?? [],
    })),
    complianceDistribution: { critical: 0, high: 0, medium: 0, low: 0, total: 0 },
    complianceScanPassed: true,
    vulnerabilities: findings.map((finding) => toJson(finding, inventory.layers)),
    vulnerabilityDistribution: distribution,
    vulnerabilityScanPassed: report.passed,
    incomplete: cannotTell(report),
    warnings: inventory.warnings,
    secrets: inventory.secrets ?? [],
    leftOut: report.leftOut,
    history: inventory.layers.map((layer) => ({ instruction: layer.createdBy ?? "" })),
    scanTime: scannedAt.toISOString(),
    scanID: scannedAt.getTime().toString(16).padStart(24, "0"),
  };
  return `${JSON.stringify({ results: [result], consoleURL: "" }, null, 2)}\n`;
}

function toJson(finding: ReportedFinding, layers: Inspection["inventory"]["layers"]) {
  return {
    id: finding.cve,
    status: finding.status,
    ...(finding.cvss !== null && { cvss: finding.cvss }),
    ...(finding.vector !== null && { vector: finding.vector }),
    description: finding.summary,
    // Importers know no other word for "nobody has graded it".
    severity: finding.severity === "unknown" ? "unassigned" : finding.severity,
    packageName: finding.packageName,
    packageVersion: finding.packageVersion,
    packagePath: finding.path ?? "",
    ...(finding.link !== null && { link: finding.link }),
    riskFactors: finding.riskFactors,
    ...(finding.layer !== null && { layerInstruction: layers[finding.layer]?.createdBy ?? "" }),
  };
}
