import { severities, unreachable, type Severity } from "@rampart/kernel";
import type { Alert, AlertFinding, SyslogSettings, VulnerabilityAlert } from "../../contract.ts";
import type { Pair } from "./fit-pairs.ts";
import type { SyslogSeverity } from "./format-message.ts";

/** What one message says, before it is laid out: the keys that SIEM rules for this kind of product already know. */
export type SyslogRecord = Readonly<{ severity: SyslogSeverity; pairs: readonly Pair[] }>;

/** RFC 5424, table 2: critical conditions, errors, warnings, notices, informational messages. */
export const syslogSeverityOf: Readonly<Record<Severity, SyslogSeverity>> = {
  critical: 2,
  high: 3,
  medium: 4,
  low: 5,
  unknown: 6,
};

/** The messages of one alert: the summary first and, if asked for, one per finding that it names. Empty values are left out. */
export function toRecords(alert: Alert, settings: Pick<SyslogSettings, "detail" | "identifier">): SyslogRecord[] {
  const records = recordsOf(alert, settings.detail);
  const identifier: Pair[] = [["id", settings.identifier]];
  return records.map(({ severity, pairs }) => ({
    severity,
    pairs: [["time", nanoseconds(alert.at)] as const, ...identifier, ...pairs, ...labelPairs(alert)].filter(
      ([, value]) => value !== "",
    ),
  }));
}

function recordsOf(alert: Alert, detail: SyslogSettings["detail"]): SyslogRecord[] {
  switch (alert.factType) {
    case "vulnerabilities.rule-violated": {
      const summary = toSummary(alert);
      return detail === "summary"
        ? [summary]
        : [summary, ...alert.findings.map((finding) => toFinding(alert, finding))];
    }
    case "fleet.defender-disconnected":
      return [
        {
          severity: 3,
          pairs: [
            ["type", "defender_disconnected"],
            ["host", alert.hostname],
            ["msg", alert.sentence],
          ],
        },
      ];
    case "fleet.defender-connected":
      return [
        {
          severity: 6,
          pairs: [
            ["type", "defender_connected"],
            ["host", alert.hostname],
            ["msg", alert.sentence],
          ],
        },
      ];
    default:
      return unreachable(alert);
  }
}

function toSummary(alert: VulnerabilityAlert): SyslogRecord {
  const total = severities.reduce((count, severity) => count + alert.counts[severity], 0);
  return {
    severity: syslogSeverityOf[alert.severity],
    pairs: [
      ["type", "scan_summary"],
      ["log_type", alert.resourceKind],
      ...resourcePairs(alert, "hostname"),
      ["rule", alert.ruleName],
      ["effect", alert.effect],
      ["severity", alert.severity],
      ["vulnerabilities", String(total)],
      ...severities.toReversed().map((severity): Pair => [severity, String(alert.counts[severity])]),
      ["new_findings", String(alert.findingTotal)],
      ["msg", alert.sentence],
    ],
  };
}

function toFinding(alert: VulnerabilityAlert, finding: AlertFinding): SyslogRecord {
  return {
    severity: syslogSeverityOf[finding.severity],
    pairs: [
      ["type", alert.resourceKind === "image" ? "image_scan" : "host_scan"],
      ["log_type", "vulnerability"],
      ["vulnerability_id", finding.cve],
      ["cve", finding.cve],
      ["severity", finding.severity],
      ["package", finding.packageName],
      ["package_version", finding.packageVersion],
      ["vendor_status", finding.fixVersion === undefined ? "" : `fixed in ${finding.fixVersion}`],
      ["rule", alert.ruleName],
      ["effect", alert.effect],
      ...resourcePairs(alert, "host"),
    ],
  };
}

function resourcePairs(alert: VulnerabilityAlert, hostKey: "host" | "hostname"): Pair[] {
  return alert.resourceKind === "host"
    ? [[hostKey, alert.resourceName]]
    : [
        ["image_id", alert.resourceId],
        ["image_name", alert.resourceName],
      ];
}

/** `custom_labels="key:value,…"`, the form that existing rules parse; structured data carries each label by itself. */
function labelPairs(alert: Alert): Pair[] {
  return [["custom_labels", alert.labels.map(({ name, value }) => `${name}:${value}`).join(",")]];
}

function nanoseconds(instant: string): string {
  return instant.replace(/\.(\d{1,9})?Z$|Z$/, (_, digits: string | undefined) => `.${(digits ?? "").padEnd(9, "0")}Z`);
}
