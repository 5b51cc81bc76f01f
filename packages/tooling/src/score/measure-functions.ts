import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lintFindings } from "../lint-findings.ts";

export type FunctionSize = Readonly<{ path: string; line: number; lines: number }>;

/** The rule for long functions, set to complain about every function, knows the length of each. */
const configuration = {
  plugins: [],
  categories: { correctness: "off" },
  rules: { "eslint/max-lines-per-function": ["error", { max: 0 }] },
  ignorePatterns: ["**/generated/**", "**/dist/**", "**/.next/**"],
};

/** The length of every function below the folders, measured by the linter's own parser. */
export async function measureFunctions(folders: readonly string[]): Promise<readonly FunctionSize[]> {
  const scratch = mkdtempSync(join(tmpdir(), "rampart-score-"));
  const file = join(scratch, "oxlintrc.json");
  writeFileSync(file, JSON.stringify(configuration));
  const findings = await lintFindings(["-c", file, ...folders]);
  rmSync(scratch, { recursive: true });
  return findings.map(({ message, path, line }) => ({
    path,
    line,
    lines: Number(/too many lines \((\d+)\)/.exec(message)?.[1] ?? 0),
  }));
}
