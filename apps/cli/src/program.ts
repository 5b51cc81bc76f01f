import { Command } from "commander";
import { defenderCommand } from "./commands/defender-install.ts";
import { findingCommand } from "./commands/finding-explain.ts";
import { functionCommand } from "./commands/function-scan.ts";
import { imageCommand } from "./commands/image-scan.ts";
import { intelCommand } from "./commands/intel.ts";
import { repositoryCommand } from "./commands/repository-scan.ts";
import { sbomCommand } from "./commands/sbom.ts";
import { versionCommand } from "./commands/version-compare.ts";
import type { CliConfig } from "./config.ts";
import type { ExitCode } from "./output/exit-codes.ts";

const hint = "(add --help for all options)";

/** The whole command line. `finish` receives the exit code of a command that ran to its end. */
export function program(config: CliConfig, finish: (code: ExitCode) => void): Command {
  const root = new Command("rampart")
    .description("Gates CI builds, scans and administers Rampart")
    .addHelpText("after", helpOnExitCodes)
    .exitOverride()
    .showHelpAfterError(hint);
  const commands = [
    imageCommand(config, finish),
    repositoryCommand(config, finish),
    functionCommand(config, finish),
    sbomCommand(config, finish),
    findingCommand(config, finish),
    versionCommand(finish),
    intelCommand(config, finish),
    defenderCommand(config, finish),
  ];
  for (const command of commands) {
    root.addCommand(command);
    for (const named of [command, ...command.commands]) named.exitOverride().showHelpAfterError(hint);
  }
  return root;
}

const helpOnExitCodes = `
Exit codes: 0 passed · 1 the policy failed · 2 wrong usage or refused · 3 no connection · 4 the scan failed · 70 our mistake

No command that takes --intel needs a Console; RAMPART_INTEL_DIR stands in for the option.`;
