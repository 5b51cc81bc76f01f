import path from "node:path";
import { Command } from "commander";
import type { CliConfig } from "../config.ts";
import type { ExitCode } from "../output/exit-codes.ts";
import { inspectWithProgress, judgeAndReport } from "../scan/judge-and-report.ts";
import { type JudgeOptions, withJudgeOptions } from "../scan/judge-options.ts";

/** `rampart repository scan`: what is wrong with the packages that the lock files of a checkout declare. */
export function repositoryCommand(config: CliConfig, finish: (code: ExitCode) => void): Command {
  const scan = new Command("scan")
    .description("Find flaws in the packages that the lock files of a source folder declare")
    .argument("<folder>", "checkout of the source code");
  withJudgeOptions(scan).action(async (folder: string, options: JudgeOptions) => {
    const look = async () => ({
      name: belowHere(folder) === "" ? path.basename(path.resolve(folder)) : folder,
      inspection: await inspectWithProgress({ kind: "repository", path: folder }),
      sourceFolder: belowHere(folder),
    });
    finish(await judgeAndReport(look, options, config));
  });
  return new Command("repository").alias("repo").description("Source code").addCommand(scan);
}

/** A pipeline runs in the root of its checkout, which is what code hosts count paths from. */
function belowHere(folder: string): string {
  const relative = path.relative("", folder);
  return relative.startsWith("..") ? "" : relative.replaceAll(path.sep, "/");
}
