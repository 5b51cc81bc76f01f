import { type Command, Option } from "commander";
import type { ConsoleOptions } from "../console/address.ts";
import { readReportFile, type ReportFile } from "../output/report-file.ts";
import { type ReportForm, reportForms } from "../output/report-forms.ts";
import { type GateOptions, Threshold } from "./gate.ts";

/** What every command takes that looks for flaws. */
export type JudgeOptions = ConsoleOptions &
  GateOptions & {
    intel?: string;
    output: ReportForm;
    outputFile?: string;
    report?: readonly ReportFile[];
    details?: boolean;
  };

export function withJudgeOptions(command: Command): Command {
  return command
    .option("--intel <folder>", "advisories to compare with, without a Console")
    .addOption(
      new Option("--fail-on <severity>", "without a Console: fail from this severity on").choices(Threshold.options),
    )
    .option("--only-fixed", "without a Console: fail only on what has a fix")
    .option("--address <url>", "let this Console decide by its policy")
    .option("--user <name>", "user of the Console; better RAMPART_USERNAME")
    .option("--password <text>", "password; better RAMPART_PASSWORD, which no process list shows")
    .option("--token <token>", "API token; better RAMPART_TOKEN")
    .option("--project <name>", "project of the Console")
    .option("--details", "list every finding instead of the worst ones")
    .addOption(new Option("--output <form>", "form of the report").choices(reportForms).default("table"))
    .option(
      "--report <form>=<file>",
      `write the report to this file too, as ${reportForms.join(", ")}; may be repeated`,
      readReportFile,
    )
    .option("--output-file <file>", "write the JSON report to this file too");
}
