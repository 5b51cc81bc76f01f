import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { anyReport } from "../testing/any-report.ts";
import { partialReport, sampleFinding, sampleReport } from "../testing/sample-report.ts";
import { reportAsJunit } from "./junit-report.ts";

describe("a report as JUnit", () => {
  test("is well-formed and has the structure that CI systems read, whatever names and paths hold", () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const elements = readXml(reportAsJunit(report));
        for (const { name, parent, attributes } of elements) {
          expect(children[parent] ?? []).toContain(name);
          for (const needed of required[name] ?? []) expect(attributes).toHaveProperty(needed);
        }
        const counted = (name: string) => String(elements.filter((one) => one.name === name).length);
        expect(elements.find(({ name }) => name === "testsuite")?.attributes).toMatchObject({
          tests: counted("testcase"),
          failures: counted("failure"),
          errors: counted("error"),
          skipped: counted("skipped"),
        });
      }),
      { numRuns: 200 },
    );
  });

  test("what the policy blocks fails, what it tells of passes with its text, what it ignores is skipped", () => {
    const findings = (["block", "alert", "ignore"] as const).map((effect) => sampleFinding({ effect, path: effect }));
    const elements = readXml(reportAsJunit(sampleReport({ passed: false, findings })));
    const within = (path: string) =>
      elements
        .filter(({ test: name }) => name === `CVE-2019-10744 in lodash 4.17.11 (${path})`)
        .map(({ name }) => name);
    expect(within("block")).toEqual(["testcase", "failure"]);
    expect(within("alert")).toEqual(["testcase", "system-out"]);
    expect(within("ignore")).toEqual(["testcase", "skipped"]);
  });

  test("a scan without findings has passed cases, and an incomplete one an error", () => {
    const outcomes = (report: Parameters<typeof reportAsJunit>[0]) =>
      readXml(reportAsJunit(report)).flatMap(({ name, test: of }) => (of === undefined ? [] : [`${of}: ${name}`]));
    expect(outcomes(sampleReport())).toEqual(["the scan is complete: testcase", "the policy lets it pass: testcase"]);
    for (const report of [partialReport(), sampleReport({ uncovered: "Debian:12" })]) {
      expect(outcomes(report)).toContain("the scan is complete: error");
    }
  });
});

const children: Readonly<Record<string, readonly string[]>> = {
  "": ["testsuites"],
  testsuites: ["testsuite"],
  testsuite: ["properties", "testcase", "system-out"],
  properties: ["property"],
  testcase: ["failure", "error", "skipped", "system-out"],
};
const required: Readonly<Record<string, readonly string[]>> = {
  testsuite: ["name", "tests", "failures", "errors", "skipped", "time", "timestamp"],
  testcase: ["name", "classname", "time"],
  property: ["name", "value"],
};

type Element = Readonly<{ name: string; parent: string; test?: string; attributes: Readonly<Record<string, string>> }>;

/** Every element with its parent, and with the name of the test case that holds it. */
function readXml(text: string): Element[] {
  const parser = new SaxesParser();
  const elements: Element[] = [];
  const open: Element[] = [];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const parent = open.at(-1);
    const of = name === "testcase" ? attributes["name"] : parent?.test;
    const element = { name, parent: parent?.name ?? "", attributes, ...(of !== undefined && { test: of }) };
    elements.push(element);
    open.push(element);
  });
  parser.on("closetag", () => open.pop());
  parser.write(text).close();
  return elements;
}
