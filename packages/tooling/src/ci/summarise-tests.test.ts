import { expect, test } from "vitest";
import { summariseTests } from "./summarise-tests.ts";

const file = (status: string, ...results: readonly string[]) => ({
  name: "a.test.ts",
  status,
  message: "Cannot find module\n at x",
  assertionResults: results.map((result, index) => ({ status: result, fullName: `test ${index}` })),
});

test("counts what passed and names what failed", () => {
  const report = { numPassedTests: 2, testResults: [file("failed", "passed", "failed", "passed"), file("passed")] };
  expect(summariseTests(report)).toEqual({ passed: 2, failed: 1, lines: ["failed: a.test.ts: test 1"] });
});

test("a file that could not be loaded is a failure although none of its tests failed", () => {
  const { failed, lines } = summariseTests({ numPassedTests: 5, testResults: [file("failed")] });
  expect(failed).toBe(1);
  expect(lines[0]).toBe("did not run to its end: a.test.ts: Cannot find module");
});

test("a run without a single test is a failure", () => {
  expect(summariseTests({ numPassedTests: 0, testResults: [] }).failed).toBe(1);
});
