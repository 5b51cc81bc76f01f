import { z } from "zod";
import { repositoryRoot } from "./repository.ts";
import { runCommand } from "./run-command.ts";

const Findings = z.object({
  diagnostics: z.array(
    z.object({
      code: z.string().default(""),
      message: z.string(),
      filename: z.string(),
      labels: z.array(z.object({ span: z.object({ line: z.number() }) })),
    }),
  ),
});

export type LintFinding = Readonly<{ code: string; message: string; path: string; line: number }>;

/** Runs the linter with the given arguments and reads what it found. */
export async function lintFindings(
  args: readonly string[],
  root: string = repositoryRoot,
): Promise<readonly LintFinding[]> {
  const { stdout, stderr } = await runCommand("oxlint", ["-f", "json", ...args], { cwd: root });
  if (!stdout.startsWith("{")) throw new Error(`The linter did not run: ${stdout}${stderr}`);
  return Findings.parse(JSON.parse(stdout)).diagnostics.map(({ code, message, filename, labels }) => ({
    code,
    message,
    path: filename,
    line: labels[0]?.span.line ?? 0,
  }));
}
