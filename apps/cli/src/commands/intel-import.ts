import { readFile } from "node:fs/promises";
import { messageOf, Refusal } from "@rampart/kernel";
import { ImportReport } from "@rampart/vulnerabilities/contract";
import { Command } from "commander";
import type { CliConfig } from "../config.ts";
import { openConsole, type ConsoleOptions } from "../console/address.ts";
import { exitCodes, type ExitCode } from "../output/exit-codes.ts";
import { table } from "../output/table.ts";

type Options = ConsoleOptions & { force?: boolean; key?: string };

/** `rampart intel import`: makes a Console read feeds from a folder or bundle on its machine, or from an address. */
export function intelImportCommand(config: CliConfig, finish: (code: ExitCode) => void): Command {
  return new Command("import")
    .description("Let the Console import advisories from a folder or bundle on its machine, or an http(s) address")
    .argument("<location>", "folder, bundle or address of the feeds")
    .option("--force", "import files again although they did not change, and a bundle although it is older")
    .option("--key <file>", "public key (PEM) of whoever signed the bundle; the Console trusts it from then on")
    .option("--address <url>", "the Console")
    .option("--user <name>", "user; better RAMPART_USERNAME")
    .option("--password <text>", "password; better RAMPART_PASSWORD")
    .option("--token <token>", "API token; better RAMPART_TOKEN")
    .option("--project <name>", "project whose rights you use")
    .action(async (location: string, options: Options) => finish(await importIntelligence(location, options, config)));
}

async function importIntelligence(location: string, options: Options, config: CliConfig): Promise<ExitCode> {
  const client = await openConsole(options, config);
  const publicKey = options.key === undefined ? undefined : await readKey(options.key);
  const asked = { location, force: options.force === true, ...(publicKey !== undefined && { publicKey }) };
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

async function readKey(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new Refusal("invalid", "cli.usage", `The key ${file} cannot be read: ${messageOf(error)}.`);
  }
}
