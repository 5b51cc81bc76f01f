import { RuleViolated } from "@rampart/vulnerabilities/contract";
import { describe, expect, test } from "vitest";
import { Alert } from "../contract.ts";
import { toAlert } from "./to-alert.ts";

const violated = RuleViolated.parse({
  auditId: "0198c0de-0000-7000-8000-000000000001",
  resourceKind: "image",
  resourceId: "sha256:aa",
  resourceName: "shop/web:1.2",
  ruleName: "prod",
  effect: "alert",
  counts: { critical: 1, high: 2, medium: 0, low: 0, unknown: 0 },
  labels: { team: " payments ", build: "77" },
  findings: [{ cve: "CVE-2014-0160", severity: "high", packageName: "openssl", packageVersion: "1.0.1e" }],
  findingTotal: 1,
  at: "2026-01-05T10:00:00.000Z",
});
const defender = { defenderId: "0198c0de-0000-7000-8000-0000000000bb", hostname: "node-1" };
const hearing = { declared: ["team"], factId: "f1", now: new Date("2026-01-05T10:00:00.000Z") };

describe("toAlert", () => {
  test("attaches the declared labels and keeps all of them for routing", () => {
    const { alert, labels } = toAlert({ type: "vulnerabilities.rule-violated", payload: violated }, hearing);
    expect(alert.labels).toEqual([{ name: "team", value: "payments" }]);
    expect(labels).toEqual(violated.labels);
  });

  test("is as severe as the worst finding and says it in a sentence", () => {
    const { alert } = toAlert({ type: "vulnerabilities.rule-violated", payload: violated }, hearing);
    expect(alert.severity).toBe("critical");
    expect(alert.sentence).toBe('Image shop/web:1.2 violates the rule "prod": 1 new finding, 1 critical and 2 high');
  });

  test("takes a violation's own identity, so that hearing it twice is one alert", () => {
    expect(toAlert({ type: "vulnerabilities.rule-violated", payload: violated }, hearing).alert.factId).toBe(
      violated.auditId,
    );
  });

  test.for(["fleet.defender-disconnected", "fleet.defender-connected"] as const)("%s names the host", (type) => {
    const { alert } = toAlert({ type, payload: defender }, hearing);
    expect(alert).toMatchObject({ factType: type, hostname: "node-1", factId: "f1" });
    expect(alert.sentence).toContain("node-1");
  });

  test("every alert it makes is one that channels accept", () => {
    for (const fact of [
      { type: "vulnerabilities.rule-violated", payload: violated } as const,
      { type: "fleet.defender-connected", payload: defender } as const,
    ]) {
      expect(Alert.safeParse(toAlert(fact, hearing).alert).success).toBe(true);
    }
  });
});
