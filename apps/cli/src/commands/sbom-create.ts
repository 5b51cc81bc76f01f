import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isIncomplete, type Inspection } from "@rampart/inspection";
import { sbomFormats, type SbomFormat, type SbomSubject, writeSbom } from "@rampart/inspection/sbom";
import { Command, Option } from "commander";
import type { CliConfig } from "../config.ts";
import { exitCodes, type ExitCode } from "../output/exit-codes.ts";
import { inspectWithProgress } from "../scan/judge-and-report.ts";
import { nameOf, sourceOf, type SourceOptions, withSourceOptions } from "../scan/source.ts";
import packageFile from "../../package.json" with { type: "json" };

type Options = SourceOptions & { repository?: string; format: SbomFormat; outputFile?: string };

/** `rampart sbom create`: the bill of materials of an image, a root folder or a repository. */
export function sbomCreateCommand(config: CliConfig, finish: (code: ExitCode) => void): Command {
  return withSourceOptions(
    new Command("create").description("Write the bill of materials of an image, a root folder or a repository"),
  )
    .option("--repository <folder>", "checkout of source code: what its lock files declare")
    .addOption(new Option("--format <form>", "CycloneDX 1.6 or SPDX 2.3").choices(sbomFormats).default(sbomFormats[0]))
    .option("--output-file <file>", "write to this file instead of standard output")
    .addHelpText("after", help)
    .action(async (reference: string | undefined, options: Options) => {
      const { repository } = options;
      const source =
        repository === undefined
          ? await sourceOf(reference, options, config)
          : ({ kind: "repository", path: repository } as const);
      const inspection = await inspectWithProgress(source);
      const kind = source.kind === "root-folder" || source.kind === "repository" ? "folder" : "image";
      const subject = subjectOf(repository ?? nameOf(reference, options, inspection), kind, inspection);
      await write(subject, options);
      finish(tellWhatIsMissing(inspection));
    });
}

function subjectOf(name: string, kind: SbomSubject["kind"], { image, inventory }: Inspection): SbomSubject {
  const { os, packages, warnings, layers } = inventory;
  return {
    kind,
    name,
    version: image?.imageId ?? "",
    os,
    packages,
    warnings,
    layers: layers.map(({ digest }) => digest),
  };
}

async function write(subject: SbomSubject, { format, outputFile }: Options): Promise<void> {
  const origin = { id: randomUUID(), createdAt: new Date(), version: packageFile.version };
  const text = Readable.from(writeSbom(format, subject, origin));
  if (outputFile !== undefined) await pipeline(text, createWriteStream(outputFile));
  else await pipeline(text, process.stdout, { end: false });
}

/** A distribution without advisories takes nothing from a list of its packages. */
function tellWhatIsMissing({ inventory }: Inspection): ExitCode {
  const missing = inventory.warnings.filter(({ code }) => !code.startsWith("os-"));
  for (const { message } of missing) process.stderr.write(`rampart: warning: ${message}\n`);
  return isIncomplete({ warnings: missing }) ? exitCodes.scanFailed : exitCodes.passed;
}

const help = `
What could not be read is told on standard error and in the document itself; the command then ends with 4.

Examples:
  rampart sbom create --archive image.tar > image.cdx.json
  rampart sbom create debian:12 --format spdx-json --output-file debian.spdx.json`;
