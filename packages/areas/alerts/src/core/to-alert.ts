import { severities, unreachable, type Labels, type Severity, type SeverityCounts } from "@rampart/kernel";
import type { DefenderFact } from "@rampart/fleet/contract";
import type { RuleViolated } from "@rampart/vulnerabilities/contract";
import { alertFindingsMax, type Alert, type RouteFact } from "../contract.ts";
import { attachLabels } from "./attach-labels.ts";

/** An alert together with all labels of its resource, declared or not: profiles may select by any of them. */
export type HeardFact = Readonly<{
  alert: Alert;
  labels: Labels;
  /** The resource or Defender it is about. */
  subject: string;
}>;

type Hearing = Readonly<{
  /** Names of the labels that are attached. */
  declared: readonly string[];
  /** Identity and time for facts that carry none of their own. */
  factId: string;
  now: Date;
}>;

/** What profiles and channels need to know about a fact, with the labels that people declared. */
export function toAlerts(fact: RouteFact, { declared, factId, now }: Hearing): readonly HeardFact[] {
  switch (fact.type) {
    case "vulnerabilities.rules-violated":
      return fact.payload.violations.map((violated) => ({
        alert: toVulnerabilityAlert(violated, declared),
        labels: violated.labels,
        subject: `${violated.resourceKind} ${violated.resourceId}`,
      }));
    case "fleet.defender-disconnected":
    case "fleet.defender-connected":
      return [
        {
          alert: toDefenderAlert(fact.type, { factId, at: now.toISOString(), labels: [] }, fact.payload),
          labels: {},
          subject: `defender ${fact.payload.defenderId}`,
        },
      ];
    default:
      return unreachable(fact);
  }
}

function toVulnerabilityAlert(violated: RuleViolated, declared: readonly string[]): Alert {
  const { resourceKind, resourceId, resourceName, ruleName, effect, counts, findingTotal } = violated;
  const findings = `${findingTotal} new ${findingTotal === 1 ? "finding" : "findings"}`;
  return {
    factType: "vulnerabilities.rule-violated",
    factId: violated.auditId,
    at: violated.at,
    severity: worstOf(counts),
    sentence:
      `${resourceKind === "image" ? "Image" : "Host"} ${resourceName} violates the rule "${ruleName}": ${findings}, ` +
      `${counts.critical} critical and ${counts.high} high`,
    labels: attachLabels(violated.labels, declared),
    resourceKind,
    resourceId,
    resourceName,
    ruleName,
    effect,
    counts,
    findingTotal,
    findings: violated.findings.slice(0, alertFindingsMax),
  };
}

function toDefenderAlert(
  factType: "fleet.defender-disconnected" | "fleet.defender-connected",
  heard: Pick<Alert, "factId" | "at" | "labels">,
  { defenderId, hostname }: DefenderFact,
): Alert {
  const shared = { ...heard, defenderId, hostname };
  return factType === "fleet.defender-connected"
    ? { ...shared, factType, severity: "unknown", sentence: `The Defender on ${hostname} is connected` }
    : {
        ...shared,
        factType,
        severity: "high",
        sentence: `The Defender on ${hostname} is disconnected: nothing watches or protects this host`,
      };
}

function worstOf(counts: SeverityCounts): Severity {
  return severities.toReversed().find((severity) => counts[severity] > 0) ?? "unknown";
}
