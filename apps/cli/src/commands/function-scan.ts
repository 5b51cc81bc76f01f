import { Command } from "commander";
import type { CliConfig } from "../config.ts";
import type { ExitCode } from "../output/exit-codes.ts";
import { inspectWithProgress, judgeAndReport } from "../scan/judge-and-report.ts";
import { type JudgeOptions, withJudgeOptions } from "../scan/judge-options.ts";

/** `rampart function scan`: what is wrong with the packages in a serverless function. */
export function functionCommand(config: CliConfig, finish: (code: ExitCode) => void): Command {
  const scan = new Command("scan")
    .description("Find flaws in the packages of a serverless function")
    .argument("<bundle>", "zip archive (or jar) of the function")
    .argument("[layers...]", "zip archives of its layers");
  withJudgeOptions(scan).action(async (bundle: string, layers: string[], options: JudgeOptions) => {
    const look = async () => ({
      name: bundle,
      inspection: await inspectWithProgress({ kind: "function-bundle", paths: [bundle, ...layers] }),
    });
    finish(await judgeAndReport(look, options, config));
  });
  return new Command("function").description("Serverless functions").addCommand(scan);
}
