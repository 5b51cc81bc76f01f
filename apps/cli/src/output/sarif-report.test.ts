import { Ajv, type AnySchemaObject } from "ajv";
import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { anyReport } from "../testing/any-report.ts";
import { partialReport, sampleFinding, sampleReport } from "../testing/sample-report.ts";
import { reportAsSarif } from "./sarif-report.ts";

const isSarif = compile(schema);

/** What the tests look at; whether the whole is SARIF is the schema's to say. */
const Log = z.object({
  runs: z.tuple([
    z.object({
      tool: z.object({ driver: z.object({ rules: z.array(z.looseObject({ id: z.string() })) }) }),
      invocations: z.tuple([
        z.object({
          executionSuccessful: z.boolean(),
          exitCode: z.int(),
          toolExecutionNotifications: z.array(z.looseObject({ level: z.string() })),
        }),
      ]),
      results: z.array(
        z.looseObject({
          ruleId: z.string(),
          level: z.string(),
          locations: z.tuple([
            z.looseObject({ physicalLocation: z.looseObject({ artifactLocation: z.object({ uri: z.string() }) }) }),
          ]),
          partialFingerprints: z.record(z.string(), z.string()),
        }),
      ),
    }),
  ]),
});

const runOf = (report: Parameters<typeof reportAsSarif>[0]) => {
  const log: unknown = JSON.parse(reportAsSarif(report));
  expect([isSarif(log), isSarif.errors]).toEqual([true, null]);
  return Log.parse(log).runs[0];
};
const uriOf = (result: ReturnType<typeof runOf>["results"][number] | undefined) =>
  result?.locations[0].physicalLocation.artifactLocation.uri;

describe("a report as SARIF", () => {
  test("is valid by the official schema, whatever names and paths hold, and no path leaves the scanned thing", () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const { results } = runOf(report);
        expect(results).toHaveLength(report.findings.length);
        for (const result of results) {
          const uri = uriOf(result) ?? "";
          expect(uri).toMatch(/^[^/]/);
          expect(decodeURIComponent(uri).split("/")).not.toContain("..");
        }
      }),
      { numRuns: 150 },
    );
  });

  test("has one rule for a CVE with its score, and one result for each place", () => {
    const places = ["a.jar", "b.jar"].map((path) => sampleFinding({ path }));
    const { tool, results } = runOf(sampleReport({ findings: places }));
    expect(tool.driver.rules).toMatchObject([
      {
        id: "CVE-2019-10744",
        helpUri: "https://nvd.nist.gov/vuln/detail/CVE-2019-10744",
        help: { text: expect.stringContaining("Update lodash to 4.17.12 or later.") },
        properties: { "security-severity": "9.1", tags: expect.arrayContaining(["security", "critical"]) },
      },
    ]);
    expect(results.map(uriOf)).toEqual(["a.jar", "b.jar"]);
    expect(results[0]).toMatchObject({
      locations: [{ logicalLocations: [{ name: "lodash", fullyQualifiedName: "lodash@4.17.11" }] }],
    });
  });

  test.for([
    ["block", "low", "error"],
    ["alert", "critical", "warning"],
    ["alert", "low", "note"],
    ["ignore", "critical", "note"],
  ] as const)("a finding with effect %s and severity %s has level %s", ([effect, severity, level]) => {
    const [result] = runOf(sampleReport({ findings: [sampleFinding({ effect, severity })] })).results;
    expect(result?.level).toBe(level);
    expect(result !== undefined && "suppressions" in result).toBe(effect === "ignore");
  });

  test("points at lock files as the code host counts paths, and at the image for packages of a distribution", () => {
    const source = sampleReport({ sourceFolder: "services/shop", findings: [sampleFinding()] });
    expect(uriOf(runOf(source).results[0])).toBe("services/shop/web/package-lock.json");
    const image = sampleReport({ findings: [sampleFinding({ path: null })] });
    expect(uriOf(runOf(image).results[0])).toBe("shop%3A1.2");
  });

  test("a rescan, another tag and another version keep the fingerprints; two results never share one", () => {
    const printsOf = (version: string, name: string) => {
      const findings = [sampleFinding({ packageVersion: version }), sampleFinding({ packageVersion: "3.0.0" })];
      return runOf(sampleReport({ name, findings })).results.map(({ partialFingerprints }) => partialFingerprints);
    };
    expect(printsOf("4.17.11", "shop:1.2")).toEqual(printsOf("4.17.10", "shop:1.3"));
    expect(new Set(printsOf("4.17.11", "shop").map((prints) => prints["primaryLocationLineHash"])).size).toBe(2);
  });

  test("an incomplete scan is an execution that failed, said as an error", () => {
    for (const report of [partialReport(), sampleReport({ uncovered: "Debian:12" })]) {
      const [invocation] = runOf(report).invocations;
      expect(invocation).toMatchObject({ executionSuccessful: false, exitCode: 4 });
      expect(invocation.toolExecutionNotifications.map(({ level }) => level)).toContain("error");
    }
    expect(runOf(sampleReport()).invocations[0]).toMatchObject({ executionSuccessful: true, exitCode: 0 });
  });

  test("brackets and braces of a name are neither a link nor a placeholder", () => {
    const [result] = runOf(
      sampleReport({ findings: [sampleFinding({ packageName: "[x](http://x.org){0}" })] }),
    ).results;
    expect(result?.["message"]).toMatchObject({
      text: expect.stringMatching(/^\\\[x\\\]\(http:\/\/x\.org\)\{\{0\}\} /),
    });
  });

  test("a secret is a result at its line", () => {
    const { inspection, ...report } = sampleReport();
    const secrets = [{ kind: "private-key" as const, path: "root/.ssh/id_rsa", line: 7, hint: "RSA PRIVATE KEY" }];
    const { results } = runOf({
      ...report,
      inspection: { ...inspection, inventory: { ...inspection.inventory, secrets } },
    });
    expect(results).toMatchObject([
      { ruleId: "secret-private-key", locations: [{ physicalLocation: { region: { startLine: 7 } } }] },
    ]);
  });
});

/** The schema is of draft 4, which differs here in nothing but how it names itself. */
function compile({ $schema: _draft, id: _id, ...draft4 }: AnySchemaObject) {
  const formats = {
    uri: (text: string) => URL.canParse(text),
    "uri-reference": /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/,
    "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  };
  // One of its patterns is no regular expression of Unicode's stricter kind.
  return new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, formats }).compile(draft4);
}
