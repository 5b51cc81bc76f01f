import type { ScanReport } from "../scan/report.ts";
import { reportAsJson } from "./json-report.ts";
import { reportAsJunit } from "./junit-report.ts";
import { reportAsMarkdown } from "./markdown-report.ts";
import { reportAsSarif } from "./sarif-report.ts";
import { reportAsText } from "./text-report.ts";

export const reportForms = ["table", "json", "sarif", "junit", "markdown"] as const;
export type ReportForm = (typeof reportForms)[number];

type Writer = (report: ScanReport, details: boolean) => string;

const writers: Readonly<Record<ReportForm, Writer>> = {
  table: reportAsText,
  json: reportAsJson,
  sarif: reportAsSarif,
  junit: reportAsJunit,
  markdown: reportAsMarkdown,
};

/** The report in one of its forms. `details` lengthens those that people read; machines always get everything. */
export function writeReport(form: ReportForm, report: ScanReport, details: boolean): string {
  return writers[form](report, details);
}
