import { InvalidArgumentError } from "commander";
import { type ReportForm, reportForms } from "./report-forms.ts";

/** One report that is written beside the one on standard output. */
export type ReportFile = Readonly<{ form: ReportForm; file: string }>;

/** Reads `sarif=out.sarif`; the option may be given several times. */
export function readReportFile(given: string, before: readonly ReportFile[] = []): ReportFile[] {
  const at = given.indexOf("=");
  const form = reportForms.find((one) => one === given.slice(0, at));
  const file = given.slice(at + 1);
  if (at === -1 || form === undefined || file === "") {
    throw new InvalidArgumentError(`Write FORM=FILE, where FORM is one of ${reportForms.join(", ")}.`);
  }
  return [...before, { form, file }];
}
