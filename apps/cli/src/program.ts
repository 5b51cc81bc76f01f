import { Command } from "commander";
import { defenderCommand } from "./commands/defender-install.ts";
import { imageCommand } from "./commands/image-scan.ts";
import { intelCommand } from "./commands/intel-import.ts";
import type { CliConfig } from "./config.ts";
import type { ExitCode } from "./output/exit-codes.ts";

/** The whole command line. `finish` receives the exit code of a command that ran to its end. */
export function program(config: CliConfig, finish: (code: ExitCode) => void): Command {
  const root = new Command("rampart")
    .description("Gates CI builds, scans and administers Rampart")
    .addHelpText("after", helpOnExitCodes)
    .exitOverride()
    .showHelpAfterError("(add --help for all options)");
  for (const command of [imageCommand(config, finish), intelCommand(config, finish), defenderCommand(config, finish)]) {
    root.addCommand(command);
    for (const sub of command.commands) sub.exitOverride().showHelpAfterError("(add --help for all options)");
  }
  return root;
}

const helpOnExitCodes = `
Exit codes: 0 passed · 1 the policy failed · 2 wrong usage or refused · 3 no connection · 4 the scan failed · 70 our mistake`;
