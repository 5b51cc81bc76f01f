import { Command } from "commander";
import type { CliConfig } from "../config.ts";
import type { ExitCode } from "../output/exit-codes.ts";
import { intelExportCommand } from "./intel-export.ts";
import { intelImportCommand } from "./intel-import.ts";

/** `rampart intel`: advisories in and out. */
export function intelCommand(config: CliConfig, finish: (code: ExitCode) => void): Command {
  return new Command("intel")
    .description("Advisories and threat data")
    .addCommand(intelImportCommand(config, finish))
    .addCommand(intelExportCommand(config, finish));
}
