import { Refusal, severities, unreachable, type Severity, type SeverityCounts } from "@rampart/kernel";
import { DefenderFact } from "@rampart/fleet/contract";
import { RuleViolated } from "@rampart/vulnerabilities/contract";
import type { z } from "zod";
import { alertFindingsMax, type Alert, type AlertFactType, type RouteFact } from "../contract.ts";
import { attachLabels } from "./attach-labels.ts";

/** What profiles and channels need to know about a fact, with the labels that people declared. */
export function toAlert(fact: RouteFact, declared: readonly string[], now: Date): HeardFact {
  const at = fact.at ?? now.toISOString();
  switch (fact.type) {
    case "vulnerabilities.rule-violated": {
      const violated = read(RuleViolated, fact);
      return { alert: toVulnerabilityAlert(fact.factId, violated, declared), labels: violated.labels };
    }
    case "fleet.defender-disconnected":
    case "fleet.defender-connected":
      return { alert: toDefenderAlert(fact.type, { factId: fact.factId, at }, read(DefenderFact, fact)), labels: {} };
    default:
      return unreachable(fact.type);
  }
}

/** An alert together with all labels of its resource, declared or not: profiles may select by any of them. */
export type HeardFact = Readonly<{ alert: Alert; labels: Readonly<Record<string, string>> }>;

function toVulnerabilityAlert(factId: string, violated: RuleViolated, declared: readonly string[]): Alert {
  const severity = worstOf(violated.counts);
  return {
    factType: "vulnerabilities.rule-violated",
    factId,
    at: violated.at,
    severity,
    sentence:
      `${violated.resourceKind === "image" ? "Image" : "Host"} ${violated.resourceName} violates the rule ` +
      `"${violated.ruleName}": ${violated.findingTotal} new ${violated.findingTotal === 1 ? "finding" : "findings"}, ` +
      `${violated.counts.critical} critical and ${violated.counts.high} high in all`,
    labels: attachLabels(violated.labels, declared),
    resourceKind: violated.resourceKind,
    resourceId: violated.resourceId,
    resourceName: violated.resourceName,
    ruleName: violated.ruleName,
    effect: violated.effect,
    counts: violated.counts,
    findings: violated.findings.slice(0, alertFindingsMax),
    findingTotal: violated.findingTotal,
  };
}

function toDefenderAlert(
  factType: Extract<AlertFactType, `fleet.${string}`>,
  heard: { factId: string; at: string },
  { defenderId, hostname }: DefenderFact,
): Alert {
  const shared = { ...heard, labels: [], defenderId, hostname: hostname.slice(0, 1_024) };
  return factType === "fleet.defender-connected"
    ? { ...shared, factType, severity: "unknown", sentence: `The Defender on ${hostname} is connected` }
    : {
        ...shared,
        factType,
        severity: "high",
        sentence: `The Defender on ${hostname} is disconnected: nothing protects or watches this host`,
      };
}

/** A payload that its own area's contract refuses cannot become right by trying again. */
function read<Schema extends z.ZodType>(schema: Schema, fact: RouteFact): z.infer<Schema> {
  const parsed = schema.safeParse(fact.payload);
  if (parsed.success) return parsed.data;
  throw new Refusal("invalid", "alerts.fact.unreadable", `The fact ${fact.type} ${fact.factId} has an unknown form.`);
}

function worstOf(counts: SeverityCounts): Severity {
  return severities.toReversed().find((severity) => counts[severity] > 0) ?? "unknown";
}
