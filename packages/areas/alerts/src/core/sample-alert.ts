import type { VulnerabilityAlert } from "../contract.ts";

/** A complete alert for the test of a channel; it says of itself that it is one. */
export function sampleAlert(about: Partial<VulnerabilityAlert> = {}): VulnerabilityAlert {
  return {
    factType: "vulnerabilities.rule-violated",
    factId: "test",
    at: "2026-01-05T10:00:00.000Z",
    severity: "high",
    sentence: "This is a test alert of Rampart. Nothing happened",
    labels: [{ name: "team", value: "example" }],
    resourceKind: "image",
    resourceId: "sha256:0000000000000000000000000000000000000000000000000000000000000000",
    resourceName: "test/image:1.0",
    ruleName: "Test of the channel",
    effect: "alert",
    counts: { critical: 0, high: 1, medium: 0, low: 0, unknown: 0 },
    findings: [
      {
        cve: "CVE-2014-0160",
        severity: "high",
        packageName: "openssl",
        packageVersion: "1.0.1e",
        fixVersion: "1.0.1g",
      },
    ],
    findingTotal: 1,
    ...about,
  };
}
