import { z } from "zod";

/** What is read of vitest's JSON report. */
export const TestReport = z.object({
  numPassedTests: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(""),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});
export type TestReport = z.infer<typeof TestReport>;

export type TestSummary = Readonly<{ passed: number; failed: number; lines: readonly string[] }>;

/** Counts what ran and names what failed. A file that did not run to its end without a failed test counts as one failure. */
export function summariseTests({ numPassedTests, testResults }: TestReport): TestSummary {
  const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((result) => result.status === "failed");
    if (failed.length > 0) return failed.map(({ fullName }) => `failed: ${name}: ${fullName}`);
    return status === "failed" ? [`did not run to its end: ${name}: ${message.split("\n")[0] ?? ""}`] : [];
  });
  const nothingRan = numPassedTests === 0 && failures.length === 0;
  const lines = nothingRan ? ["no test ran"] : failures;
  return { passed: numPassedTests, failed: lines.length, lines };
}
