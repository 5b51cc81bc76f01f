import { ImportReport } from "@rampart/vulnerabilities/contract";
import { Command } from "commander";
import type { CliConfig } from "../config.ts";
import { openConsole, type ConsoleOptions } from "../console/address.ts";
import { exitCodes, type ExitCode } from "../output/exit-codes.ts";
import { table } from "../output/table.ts";

type Options = ConsoleOptions & { force?: boolean };

/** `rampart intel import`: makes a Console read advisory files from a folder on its machine or from an address. */
export function intelCommand(config: CliConfig, finish: (code: ExitCode) => void): Command {
  const command = new Command("import")
    .description("Let the Console import advisories from a folder on its machine or an http(s) address")
    .argument("<location>", "folder or address of the feed files")
    .option("--force", "import files again although they did not change")
    .option("--address <url>", "the Console")
    .option("--user <name>", "user; better RAMPART_USERNAME")
    .option("--password <text>", "password; better RAMPART_PASSWORD")
    .option("--token <token>", "API token; better RAMPART_TOKEN")
    .option("--project <name>", "project whose rights you use")
    .action(async (location: string, options: Options) => finish(await importIntelligence(location, options, config)));
  return new Command("intel").description("Advisories and threat data").addCommand(command);
}

async function importIntelligence(location: string, options: Options, config: CliConfig): Promise<ExitCode> {
  const client = await openConsole(options, config);
  const asked = { location, force: options.force === true };
  const report = await client.call("POST", "/feeds/import", asked, ImportReport);
  const rows = report.files.map((file) => [
    file.file,
    file.outcome,
    String(file.records),
    String(file.changedPackages),
    file.problem ?? "",
  ]);
  process.stdout.write(`${table(["FILE", "OUTCOME", "RECORDS", "CHANGED PACKAGES", "PROBLEM"], rows)}\n`);
  process.stdout.write(`Advisories are at revision ${report.revision}.\n`);
  return report.files.some((file) => file.outcome === "refused") ? exitCodes.usage : exitCodes.passed;
}
