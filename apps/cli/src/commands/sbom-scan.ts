import { readSbom } from "@rampart/inspection";
import { Command } from "commander";
import type { CliConfig } from "../config.ts";
import type { ExitCode } from "../output/exit-codes.ts";
import { judgeAndReport } from "../scan/judge-and-report.ts";
import { type JudgeOptions, withJudgeOptions } from "../scan/judge-options.ts";
import { readDocument } from "../scan/read-document.ts";

/** `rampart sbom scan`: what is wrong with the packages that a bill of materials lists. */
export function sbomScanCommand(config: CliConfig, finish: (code: ExitCode) => void): Command {
  const scan = new Command("scan")
    .description("Find flaws in the packages that a bill of materials lists")
    .argument("<file>", "CycloneDX (JSON, XML) or SPDX (JSON, YAML, tag-value); - reads standard input")
    .addHelpText("after", help);
  return withJudgeOptions(scan).action(async (file: string, options: JudgeOptions) => {
    const look = async () => {
      const { subject, inspection } = readSbom(await readDocument(file));
      return { name: subject === "" ? file : subject, inspection };
    };
    finish(await judgeAndReport(look, options, config));
  });
}

const help = `
Components that name no package of a known registry are listed and told as a warning; the scan then ends with 4,
because the absence of findings proves nothing about them.

Examples:
  rampart sbom scan image.cdx.json --intel advisories --fail-on high
  syft image:1 -o cyclonedx-json | rampart sbom scan - --output json`;
