import { writeFile } from "node:fs/promises";
import { inspect } from "@rampart/inspection";
import { Command, Option } from "commander";
import type { CliConfig } from "../config.ts";
import { namesConsole, openConsole, type ConsoleOptions } from "../console/address.ts";
import type { ExitCode } from "../output/exit-codes.ts";
import { progressLine } from "../output/progress.ts";
import { judgeByConsole } from "../scan/judge-by-console.ts";
import { judgeOffline } from "../scan/judge-offline.ts";
import { exitCodeFor, reportAsJson, reportAsText } from "../scan/report.ts";
import { sourceOf, type SourceOptions } from "../scan/source.ts";
import { Threshold, type GateOptions } from "../scan/gate.ts";

type Options = ConsoleOptions &
  SourceOptions &
  GateOptions & { intel?: string; output: "table" | "json"; outputFile?: string; details?: boolean };

/** `rampart image scan`: which packages are in an image, what is wrong with them, and whether the policy lets it pass. */
export function imageCommand(config: CliConfig, finish: (code: ExitCode) => void): Command {
  const scan = new Command("scan")
    .description("Scan an image of an engine, an archive, an OCI layout or a root folder")
    .argument("[reference]", "name or id of an image in the container engine")
    .option("--archive <file>", "tar file of `docker save` or an OCI archive")
    .option("--oci-layout <folder>", "folder in OCI layout")
    .option("--rootfs <folder>", "unpacked root file system")
    .option("--docker-address <socket>", "socket of the container engine")
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
    .addOption(new Option("--output <form>", "form of the report").choices(["table", "json"]).default("table"))
    .option("--output-file <file>", "write the JSON report to this file too")
    .action(async (reference: string | undefined, options: Options) => {
      finish(await scanImage(reference, options, config));
    });
  return new Command("image").alias("images").description("Images").addCommand(scan);
}

async function scanImage(reference: string | undefined, options: Options, config: CliConfig): Promise<ExitCode> {
  const source = await sourceOf(reference, options, config);
  // Opened first: a wrong password should not cost a scan.
  const client = namesConsole(options, config) ? await openConsole(options, config) : null;
  const progress = progressLine(process.stderr);
  const inspection = await inspect({ source }, { onProgress: (seen) => progress.show(seen) }).finally(() =>
    progress.clear(),
  );
  const { image } = inspection;
  const name = reference ?? image?.repoTags[0] ?? options.archive ?? options.ociLayout ?? options.rootfs ?? "unnamed";
  const report =
    client === null
      ? await judgeOffline(name, inspection, { folder: options.intel ?? config.RAMPART_INTEL_DIR, gate: options })
      : await judgeByConsole(client, name, inspection);
  if (options.outputFile !== undefined) await writeFile(options.outputFile, reportAsJson(report));
  process.stdout.write(
    options.output === "json" ? reportAsJson(report) : reportAsText(report, options.details === true),
  );
  return exitCodeFor(report);
}
