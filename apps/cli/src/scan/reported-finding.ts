import type { Severity } from "@rampart/kernel";

/** A finding as the reports of the command line carry it, whoever judged it. */
export type ReportedFinding = Readonly<{
  cve: string;
  severity: Severity;
  cvss: number | null;
  vector: string | null;
  packageName: string;
  packageVersion: string;
  path: string | null;
  layer: number | null;
  fixVersion: string | null;
  status: string;
  link: string | null;
  summary: string;
  riskFactors: readonly string[];
  knownExploited: boolean;
  epss: number | null;
  effect: "ignore" | "alert" | "block";
}>;
