import { blockedBy, cannotTell, cautionsOf, type ScanReport, verdictOf } from "../scan/report.ts";
import type { ReportedFinding } from "../scan/reported-finding.ts";
import { xmlElement, xmlText } from "./xml-text.ts";

type TestCase = Readonly<{ outcome: "passed" | "failure" | "error" | "skipped"; xml: string }>;

/**
 * JUnit XML: what was scanned is a suite, each finding a case. Findings that the policy blocks fail, those it ignores
 * are skipped. Two cases are always there, so that a suite is never empty and an incomplete scan never looks clean.
 */
export function reportAsJunit(report: ScanReport): string {
  const cases = [completenessCase(report), policyCase(report), ...report.findings.map(findingCase)];
  const counts = {
    tests: cases.length,
    failures: countOf(cases, "failure"),
    errors: countOf(cases, "error"),
  };
  const about = { name: report.name, ...counts, skipped: countOf(cases, "skipped"), time: "0" };
  const timestamp = report.scannedAt.toISOString().slice(0, "2026-01-01T00:00:00".length);
  const content = [
    propertiesOf(report),
    ...cases.map(({ xml }) => xml),
    xmlElement("system-out", {}, xmlText(notesOf(report))),
  ].join("\n");
  const suite = xmlElement("testsuite", { ...about, timestamp }, `\n${content}\n`);
  const root = xmlElement("testsuites", { name: "Rampart", ...counts, time: "0" }, `\n${suite}\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function countOf(cases: readonly TestCase[], outcome: TestCase["outcome"]): number {
  return cases.filter((one) => one.outcome === outcome).length;
}

function propertiesOf(report: ScanReport): string {
  const { os, packages } = report.inspection.inventory;
  const told = {
    verdict: verdictOf(report),
    distribution: os?.name ?? "",
    packages: String(packages.length),
    comparedWith: report.knowledge,
  };
  const properties = Object.entries(told).map(([name, value]) => xmlElement("property", { name, value }));
  return xmlElement("properties", {}, properties.join(""));
}

function completenessCase(report: ScanReport): TestCase {
  const named = { classname: "rampart", name: "the scan is complete", time: "0" };
  if (!cannotTell(report)) return { outcome: "passed", xml: xmlElement("testcase", named) };
  const reasons = cautionsOf(report).filter(({ hidesFlaws }) => hidesFlaws);
  const message = "The absence of findings proves nothing here.";
  const error = { type: "incomplete", message };
  const text = xmlText(reasons.map((one) => one.message).join("\n") || message);
  return { outcome: "error", xml: xmlElement("testcase", named, xmlElement("error", error, text)) };
}

function policyCase(report: ScanReport): TestCase {
  const named = { classname: "rampart", name: "the policy lets it pass", time: "0" };
  if (report.passed) return { outcome: "passed", xml: xmlElement("testcase", named) };
  const message = `Findings that the rule "${report.ruleName ?? "none"}" blocks: ${blockedBy(report).length}.`;
  const failure = xmlElement("failure", { type: "policy", message }, xmlText(message));
  return { outcome: "failure", xml: xmlElement("testcase", named, failure) };
}

function findingCase(finding: ReportedFinding): TestCase {
  const { cve, packageName, packageVersion, path } = finding;
  const name = `${cve} in ${packageName} ${packageVersion}${path === null ? "" : ` (${path})`}`;
  const named = { classname: packageName === "" ? "package" : packageName, name, time: "0" };
  const text = xmlText(describe(finding));
  const message = `${finding.severity}: ${finding.status}`;
  switch (finding.effect) {
    case "block": {
      const failure = xmlElement("failure", { type: finding.severity, message }, text);
      return { outcome: "failure", xml: xmlElement("testcase", named, failure) };
    }
    case "ignore": {
      const skipped = xmlElement("skipped", { message: "The policy ignores this finding." });
      return { outcome: "skipped", xml: xmlElement("testcase", named, skipped) };
    }
    case "alert":
      return { outcome: "passed", xml: xmlElement("testcase", named, xmlElement("system-out", {}, text)) };
  }
}

function describe({ summary, severity, cvss, status, link, path }: ReportedFinding): string {
  return [
    summary,
    `Severity: ${severity}${cvss === null ? "" : `, CVSS ${cvss}`}`,
    `Status: ${status}`,
    ...(path === null ? [] : [`Place: ${path}`]),
    ...(link === null ? [] : [link]),
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function notesOf(report: ScanReport): string {
  const warnings = cautionsOf(report).map(({ message }) => `warning: ${message}`);
  return [`Compared with ${report.knowledge}.`, ...warnings, ...report.leftOut.map(({ sentence }) => sentence)].join(
    "\n",
  );
}
