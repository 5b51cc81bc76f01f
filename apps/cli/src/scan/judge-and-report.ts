import { writeFile } from "node:fs/promises";
import { inspect, type Inspection, type InspectionRequest } from "@rampart/inspection";
import type { CliConfig } from "../config.ts";
import { namesConsole, openConsole } from "../console/address.ts";
import type { ExitCode } from "../output/exit-codes.ts";
import { progressLine } from "../output/progress.ts";
import { reportAsJson } from "../output/json-report.ts";
import { writeReport } from "../output/report-forms.ts";
import { writeOut } from "../output/write-out.ts";
import { judgeByConsole } from "./judge-by-console.ts";
import type { JudgeOptions } from "./judge-options.ts";
import { judgeOffline } from "./judge-offline.ts";
import { exitCodeFor, type ScanReport } from "./report.ts";

/** What was looked at, by the name that the report gives it. */
export type Inspected = Pick<ScanReport, "name" | "inspection"> & Partial<Pick<ScanReport, "sourceFolder">>;

/** Finds the packages, lets the Console or the options judge them, and prints the verdict. */
export async function judgeAndReport(
  look: () => Promise<Inspected>,
  options: JudgeOptions,
  config: CliConfig,
): Promise<ExitCode> {
  // Opened first: a wrong password should not cost a scan.
  const client = namesConsole(options, config) ? await openConsole(options, config) : null;
  const { name, inspection, sourceFolder = null } = await look();
  const judged =
    client === null
      ? await judgeOffline(name, inspection, { folder: options.intel ?? config.RAMPART_INTEL_DIR, gate: options })
      : await judgeByConsole(client, name, inspection);
  const report = { ...judged, sourceFolder };
  await writeFiles(report, options);
  await writeOut(writeReport(options.output, report, options.details === true));
  return exitCodeFor(report);
}

async function writeFiles(report: ScanReport, { outputFile, report: files = [], details = false }: JudgeOptions) {
  if (outputFile !== undefined) await writeFile(outputFile, reportAsJson(report));
  for (const { form, file } of files) await writeFile(file, writeReport(form, report, details));
}

/** Inspects with a line of progress on the terminal. */
export async function inspectWithProgress(source: InspectionRequest["source"]): Promise<Inspection> {
  const progress = progressLine(process.stderr);
  return inspect({ source }, { onProgress: (seen) => progress.show(seen) }).finally(() => progress.clear());
}
