import { existsSync, readFileSync } from "node:fs";
import { summariseTests, TestReport } from "./summarise-tests.ts";

/** `node packages/tooling/src/ci/main.ts REPORT` ends with the line `N passed, N failed` that CI reads. */
const file = process.argv[2] ?? "";
const report = existsSync(file)
  ? TestReport.parse(JSON.parse(readFileSync(file, "utf8")))
  : { numPassedTests: 0, testResults: [] };
const { passed, failed, lines } = summariseTests(report);

for (const line of lines) console.log(line.replaceAll(`${process.cwd()}/`, ""));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
