import { expect, test } from "vitest";
import { findingLines } from "./finding-lines.ts";
import type { ReportedFinding } from "./reported-finding.ts";

test("a flaw that lies in many places is one line; the worst comes first, and the rest is counted", () => {
  const places = ["app/a.jar", "app/b.jar", "app/c.jar"].map((path) => finding({ path }));
  const others = Array.from({ length: 30 }, (_, at) => finding({ cve: `CVE-2020-${1000 + at}`, severity: "low" }));
  const [shown = "", rest] = findingLines([...others, ...places], false);
  const lines = shown.split("\n");
  expect(lines[1]).toMatch(/CVE-2019-17571 +critical +log4j +1\.2\.17 +affected +app\/a\.jar and 2 more/);
  expect(lines).toHaveLength(26);
  expect(rest).toMatch(/and 6 more/);
  expect(findingLines(others, true)).toHaveLength(1);
  expect(findingLines([], true)).toEqual([]);
});

function finding(given: Partial<ReportedFinding>): ReportedFinding {
  return {
    cve: "CVE-2019-17571",
    severity: "critical",
    cvss: 9.8,
    vector: null,
    packageName: "log4j",
    packageVersion: "1.2.17",
    path: null,
    layer: null,
    fixVersion: null,
    status: "affected",
    link: null,
    summary: "",
    riskFactors: [],
    knownExploited: false,
    epss: null,
    effect: "alert",
    ...given,
  };
}
