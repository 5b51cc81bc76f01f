import { Command } from "commander";
import type { CliConfig } from "../config.ts";
import type { ExitCode } from "../output/exit-codes.ts";
import { inspectWithProgress, judgeAndReport } from "../scan/judge-and-report.ts";
import { type JudgeOptions, withJudgeOptions } from "../scan/judge-options.ts";
import { nameOf, sourceOf, type SourceOptions, withSourceOptions } from "../scan/source.ts";

type Options = JudgeOptions & SourceOptions;

/** `rampart image scan`: which packages are in an image, what is wrong with them, and whether the policy lets it pass. */
export function imageCommand(config: CliConfig, finish: (code: ExitCode) => void): Command {
  const scan = withJudgeOptions(
    withSourceOptions(
      new Command("scan").description(
        "Scan an image of an engine, an archive, an OCI layout, a root folder or a VM disk that is mounted",
      ),
    ),
  ).action(async (reference: string | undefined, options: Options) => {
    const source = await sourceOf(reference, options, config);
    const look = async () => {
      const inspection = await inspectWithProgress(source);
      return { name: nameOf(reference, options, inspection), inspection };
    };
    finish(await judgeAndReport(look, options, config));
  });
  return new Command("image").alias("images").description("Images").addCommand(scan);
}
