import type { ReportedFinding } from "../scan/reported-finding.ts";
import type { ScanReport } from "../scan/report.ts";

/** A finding that the policy only tells of. */
export function sampleFinding(given: Partial<ReportedFinding> = {}): ReportedFinding {
  return {
    cve: "CVE-2019-10744",
    severity: "critical",
    cvss: 9.1,
    vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:H",
    packageName: "lodash",
    packageVersion: "4.17.11",
    path: "web/package-lock.json",
    layer: null,
    fixVersion: "4.17.12",
    status: "fixed in 4.17.12",
    link: "https://nvd.nist.gov/vuln/detail/CVE-2019-10744",
    summary: "Prototype pollution.",
    riskFactors: ["hasFix"],
    knownExploited: false,
    epss: 0.02,
    effect: "alert",
    ...given,
  };
}

/** A scan of a Debian image that saw everything and passed. */
export function sampleReport(given: Partial<ScanReport> = {}): ScanReport {
  const os = { id: "debian", versionId: "12", name: "Debian GNU/Linux 12 (bookworm)", ecosystem: "Debian:12" };
  return {
    name: "shop:1.2",
    inspection: { image: null, inventory: { os, packages: [], layers: [], warnings: [] } },
    sourceFolder: null,
    findings: [],
    leftOut: [],
    uncovered: null,
    ruleName: "Command line",
    passed: true,
    knowledge: "3 feed files",
    scannedAt: new Date("2026-03-01T10:00:00Z"),
    ...given,
  };
}

/** A scan that missed files, which no form of report may show as clean. */
export function partialReport(): ScanReport {
  const { inspection, ...report } = sampleReport();
  const warnings = [{ code: "file-unreadable", message: "The package database could not be read." }];
  return { ...report, inspection: { ...inspection, inventory: { ...inspection.inventory, warnings } } };
}
