import { Command } from "commander";
import type { CliConfig } from "../config.ts";
import type { ExitCode } from "../output/exit-codes.ts";
import { sbomCreateCommand } from "./sbom-create.ts";
import { sbomScanCommand } from "./sbom-scan.ts";

export function sbomCommand(config: CliConfig, finish: (code: ExitCode) => void): Command {
  return new Command("sbom")
    .description("Bills of materials, in and out")
    .addCommand(sbomScanCommand(config, finish))
    .addCommand(sbomCreateCommand(config, finish));
}
