import type { Severity } from "@rampart/kernel";

/** Resources whose worst finding has the severity: exactly those that the chart counts. */
export function toWorst(base: string, list: "images" | "hosts") {
  return (severity: Severity) => `${base}/vulnerabilities/${list}?q=worst:${severity}`;
}

/** The list of CVEs filters by "this severe or worse", so only the worst severity leads to what its bar counts. */
export function toCves(base: string) {
  return (severity: Severity) =>
    severity === "critical" ? `${base}/vulnerabilities/explorer?q=severity:critical` : undefined;
}
