import type { Inspection } from "@rampart/inspection";
import { cannotTell, countSeverities, type ScanReport } from "../scan/report.ts";
import type { ReportedFinding } from "../scan/reported-finding.ts";

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
