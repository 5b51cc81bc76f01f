import { isAtLeast } from "@rampart/kernel";
import { byWeight } from "../scan/finding-lines.ts";
import { cannotTell, cautionsOf, type Caution, exitCodeFor, type ScanReport, verdictOf } from "../scan/report.ts";
import type { ReportedFinding } from "../scan/reported-finding.ts";
import { fingerprints } from "./sarif-fingerprint.ts";
import { locationOf, physicalLocation } from "./sarif-location.ts";
import { rulesOf, secretRule } from "./sarif-rules.ts";
import { sarifText } from "./sarif-text.ts";
import packageFile from "../../package.json" with { type: "json" };

/** GitHub refuses a file with more results in one run. */
const resultsMax = 25_000;
const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** SARIF 2.1.0: one run, a rule for each CVE, a result for each finding, and what was not seen as notifications. */
export function reportAsSarif(report: ScanReport): string {
  const findings = report.findings.toSorted(byWeight).slice(0, resultsMax);
  const secrets = (report.inspection.inventory.secrets ?? []).slice(0, resultsMax - findings.length);
  const run = {
    tool: {
      driver: {
        name: "Rampart",
        version: packageFile.version,
        semanticVersion: packageFile.version,
        rules: [...rulesOf(findings), ...[...new Set(secrets.map(({ kind }) => kind))].map(secretRule)],
      },
    },
    invocations: [invocationOf(report, report.findings.length - findings.length)],
    columnKind: "utf16CodeUnits",
    results: [...resultsOf(findings, report), ...secretResults(secrets, report)],
    properties: { scanned: report.name, verdict: verdictOf(report), comparedWith: report.knowledge },
  };
  return `${JSON.stringify({ $schema: schema, version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

function invocationOf(report: ScanReport, leftAway: number) {
  const cut = { code: "results-over-limit", message: `${leftAway} findings are only in the JSON report.` };
  const cautions = [...cautionsOf(report), ...(leftAway > 0 ? [{ ...cut, hidesFlaws: false }] : [])];
  return {
    executionSuccessful: !cannotTell(report),
    exitCode: exitCodeFor(report),
    endTimeUtc: report.scannedAt.toISOString(),
    toolExecutionNotifications: [
      ...cautions.map(toNotification),
      ...(cannotTell(report) ? [toNotification(incomplete)] : []),
      ...report.leftOut.map(({ reason, sentence }) => notification("note", reason, sentence)),
    ],
  };
}

const incomplete: Caution = {
  code: "scan-incomplete",
  message: "Scan incomplete: the absence of findings proves nothing here.",
  hidesFlaws: true,
};

function toNotification({ code, message, hidesFlaws }: Caution) {
  return notification(hidesFlaws ? "error" : "warning", code, message);
}

function notification(level: "error" | "warning" | "note", code: string, message: string) {
  return { descriptor: { id: code }, level, message: { text: sarifText(message) } };
}

function resultsOf(findings: readonly ReportedFinding[], report: ScanReport) {
  const printOf = fingerprints();
  return findings.map((finding) => ({
    ruleId: finding.cve,
    level: levelOf(finding),
    message: { text: sarifText(messageOf(finding)) },
    locations: [locationOf(finding, report)],
    partialFingerprints: printOf(finding.cve, finding.packageName, finding.path ?? ""),
    ...(finding.effect === "ignore" && {
      suppressions: [{ kind: "external", status: "accepted", justification: "The policy ignores this finding." }],
    }),
    properties: { severity: finding.severity, effect: finding.effect, fixedIn: finding.fixVersion },
  }));
}

/** An error is what stops the build; the rest of what matters is a warning. */
function levelOf({ effect, severity }: ReportedFinding): "error" | "warning" | "note" {
  if (effect === "block") return "error";
  return effect === "alert" && isAtLeast(severity, "medium") ? "warning" : "note";
}

function messageOf({ cve, severity, packageName, packageVersion, status, knownExploited }: ReportedFinding): string {
  const exploited = knownExploited ? ", known to be exploited" : "";
  return `${packageName} ${packageVersion} has ${cve} (${severity}${exploited}): ${status === "" ? "affected" : status}.`;
}

type Secrets = NonNullable<ScanReport["inspection"]["inventory"]["secrets"]>;

function secretResults(secrets: Secrets, report: ScanReport) {
  const printOf = fingerprints();
  return secrets.map(({ kind, path, line, hint }) => ({
    ruleId: secretRule(kind).id,
    level: "warning",
    message: { text: sarifText(`A secret lies here: ${kind} (${hint}).`) },
    locations: [{ physicalLocation: physicalLocation(path, line, report) }],
    partialFingerprints: printOf(kind, hint, path),
  }));
}
