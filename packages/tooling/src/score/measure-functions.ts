import { writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { repositoryRoot } from "../repository.ts";
import { runCommand } from "../run-command.ts";

export type FunctionSize = Readonly<{ path: string; line: number; lines: number }>;

const Findings = z.object({
  diagnostics: z.array(
    z.object({
      message: z.string(),
      filename: z.string(),
      labels: z.array(z.object({ span: z.object({ line: z.number() }) })),
    }),
  ),
});

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
  const { stdout } = await runCommand("oxlint", ["-c", file, "-f", "json", ...folders], { cwd: repositoryRoot });
  rmSync(scratch, { recursive: true });
  return Findings.parse(JSON.parse(stdout)).diagnostics.map(({ message, filename, labels }) => ({
    path: filename,
    line: labels[0]?.span.line ?? 0,
    lines: Number(/too many lines \((\d+)\)/.exec(message)?.[1] ?? 0),
  }));
}
