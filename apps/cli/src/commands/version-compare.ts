import { orderedEcosystems } from "@rampart/vulnerabilities/core";
import { Command } from "commander";
import { exitCodes, type ExitCode } from "../output/exit-codes.ts";
import { writeOut } from "../output/write-out.ts";
import { compareLines } from "../versions/compare-lines.ts";
import { knownEcosystem } from "../versions/known-ecosystem.ts";

/** `rampart version compare`: the order of versions, as matching sees it. */
export function versionCommand(finish: (code: ExitCode) => void): Command {
  const compare = new Command("compare")
    .description("Compare pairs of versions by the rules of an ecosystem")
    .argument("<ecosystem>", "whose rules: Debian, Alpine, npm, PyPI, Maven, … (the whole list below)")
    .addHelpText("after", help)
    .action(async (ecosystem: string) => {
      await compareLines(process.stdin, knownEcosystem(ecosystem), writeOut);
      finish(exitCodes.passed);
    });
  return new Command("version").alias("versions").description("Versions of packages").addCommand(compare);
}

const help = `
Reads lines of two versions with a tab between them from standard input. Writes one line for each: < when the first is
older, = when both are the same, > when the first is newer. A line of another form ends it with its number. A text
that is no version of the ecosystem comes before all that are.

Example:
  printf '1.2.3-r0\\t1.2.3-r1\\n' | rampart version compare Alpine

Ecosystems: ${orderedEcosystems.join(", ")}`;
