import { createWriteStream } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { bundleFolder } from "@rampart/vulnerabilities/offline";
import { Refusal } from "@rampart/kernel";
import { Command } from "commander";
import type { CliConfig } from "../config.ts";
import { openConsole, type ConsoleOptions } from "../console/address.ts";
import { exitCodes, type ExitCode } from "../output/exit-codes.ts";
import { table } from "../output/table.ts";

type Options = ConsoleOptions & {
  out: string;
  from?: string;
  keyFile?: string;
  origin?: string;
  base?: string;
  publicKey?: string;
};

/** `rampart intel export`: one signed file with all advisories, for Consoles without a network. */
export function intelExportCommand(config: CliConfig, finish: (code: ExitCode) => void): Command {
  return new Command("export")
    .description("Put all advisories of a folder, an address or a Console into one signed file")
    .requiredOption("--out <file>", "where the bundle goes, such as intelligence.rampart")
    .option("--from <location>", "folder or address of the feeds; needs no Console, but --key-file")
    .option("--key-file <file>", "private Ed25519 key (PEM) to sign with")
    .option("--origin <text>", "who made the bundle")
    .option("--base <file>", "the .index file of an earlier bundle: only what changed since goes in")
    .option("--public-key <file>", "write the public half of the key there, for whoever imports")
    .option("--address <url>", "export what this Console has loaded, signed with its own key")
    .option("--user <name>", "user; better RAMPART_USERNAME")
    .option("--password <text>", "password; better RAMPART_PASSWORD")
    .option("--token <token>", "API token; better RAMPART_TOKEN")
    .option("--project <name>", "project whose rights you use")
    .action(async (options: Options) => {
      await (options.from === undefined ? exportConsole(options, config) : exportFolder(options, options.from));
      finish(exitCodes.passed);
    });
}

async function exportFolder(options: Options, location: string): Promise<void> {
  const { out, keyFile, base } = options;
  if (keyFile === undefined) {
    throw usage("A bundle of a folder needs --key-file: `openssl genpkey -algorithm ed25519 -out key.pem` makes one.");
  }
  const bundle = await bundleFolder({
    location,
    out,
    keyFile,
    origin: options.origin ?? hostname(),
    baseIndex: base ?? null,
    now: new Date(),
  });
  if (options.publicKey !== undefined) await writeFile(options.publicKey, bundle.publicKey);
  const rows = bundle.feeds.map(({ file, form, records, bytes }) => [file, form, String(records), String(bytes)]);
  process.stdout.write(`${table(["FEED", "FORM", "RECORDS", "BYTES"], rows)}\n`);
  process.stdout.write(
    `Bundle ${bundle.sequence}, signed by ${bundle.fingerprint}; the next delta needs ${out}.index.\n`,
  );
}

async function exportConsole(options: Options, config: CliConfig): Promise<void> {
  if (options.base !== undefined || options.keyFile !== undefined) {
    throw usage("--base and --key-file go with --from; a Console signs with its own key and exports everything.");
  }
  const client = await openConsole(options, config);
  await save(await client.download("/feeds/bundle"), options.out);
  if (options.publicKey !== undefined) await save(await client.download("/feeds/bundle/key"), options.publicKey);
  process.stdout.write(`Saved as ${options.out}.\n`);
}

/** The file appears under its name when it is complete. */
async function save(chunks: AsyncIterable<Uint8Array>, out: string): Promise<void> {
  const draft = `${out}.part`;
  try {
    await pipeline(Readable.from(chunks), createWriteStream(draft));
    await rename(draft, out);
  } finally {
    await rm(draft, { force: true });
  }
}

function usage(message: string): Refusal {
  return new Refusal("invalid", "cli.usage", message);
}
