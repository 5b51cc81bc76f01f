import { RuleViolated } from "@rampart/vulnerabilities/contract";
import { describe, expect, test } from "vitest";
import { Alert, type RouteFact } from "../contract.ts";
import { toAlerts } from "./to-alert.ts";

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
const violations: RouteFact = { type: "vulnerabilities.rules-violated", payload: { violations: [violated] } };
const hearing = { declared: ["team"], factId: "f1", now: new Date("2026-01-05T10:00:00.000Z") };

describe("toAlerts", () => {
  test("attaches the declared labels and keeps all of them for routing", () => {
    const [heard] = toAlerts(violations, hearing);
    expect(heard?.alert.labels).toEqual([{ name: "team", value: "payments" }]);
    expect(heard?.labels).toEqual(violated.labels);
  });

  test("is as severe as the worst finding and says it in a sentence", () => {
    const [heard] = toAlerts(violations, hearing);
    expect(heard?.alert.severity).toBe("critical");
    expect(heard?.alert.sentence).toBe(
      'Image shop/web:1.2 violates the rule "prod": 1 new finding, 1 critical and 2 high',
    );
  });

  test("takes a violation's own identity, so that hearing it twice is one alert", () => {
    expect(toAlerts(violations, hearing).map(({ alert }) => alert.factId)).toEqual([violated.auditId]);
  });

  test.for(["fleet.defender-disconnected", "fleet.defender-connected"] as const)("%s names the host", (type) => {
    const [heard] = toAlerts({ type, payload: defender }, hearing);
    expect(heard?.alert).toMatchObject({ factType: type, hostname: "node-1", factId: "f1" });
    expect(heard?.alert.sentence).toContain("node-1");
  });

  test("every alert it makes is one that channels accept", () => {
    const facts: RouteFact[] = [violations, { type: "fleet.defender-connected", payload: defender }];
    for (const { alert } of facts.flatMap((fact) => toAlerts(fact, hearing))) {
      expect(Alert.safeParse(alert).success).toBe(true);
    }
  });
});
