import { messageOf } from "@rampart/kernel";
import { CommanderError } from "commander";
import { readCliConfig } from "./config.ts";
import { exitCodeOf, exitCodes } from "./output/exit-codes.ts";
import { program } from "./program.ts";
import { tidyArguments } from "./tidy-arguments.ts";

// Whoever reads the output may have seen enough (`| head`): that is no failure, and nobody is left to tell.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? exitCodes.passed : exitCodes.connection);
});

async function main(): Promise<number> {
  let outcome: number = exitCodes.passed;
  const command = program(readCliConfig(), (code) => (outcome = code));
  await command.parseAsync(tidyArguments(process.argv.slice(2)), { from: "user" });
  return outcome;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? exitCodes.passed : exitCodes.usage;
      return;
    }
    process.exitCode = exitCodeOf(error);
    const stack = process.exitCode === exitCodes.defect && error instanceof Error ? `\n${error.stack ?? ""}` : "";
    process.stderr.write(`rampart: ${messageOf(error)}${stack}\n`);
  },
);
