import { severityRank } from "@rampart/kernel";
import { table } from "../output/table.ts";
import type { ReportedFinding } from "./reported-finding.ts";

const worstShown = 25;
const placeLengthMax = 60;

/**
 * Findings as a table, the worst first: one line for a flaw of a package in one version, however many places hold it.
 * Without `all` the rest is only counted.
 */
export function findingLines(findings: readonly ReportedFinding[], all: boolean): string[] {
  const worstFirst = findings.toSorted(byWeight);
  const flaws = [...Map.groupBy(worstFirst, (one) => `${one.cve}\n${one.packageName}\n${one.packageVersion}`).values()];
  const shown = all ? flaws : flaws.slice(0, worstShown);
  if (shown.length === 0) return [];
  const hidden = findings.length - shown.flat().length;
  return [
    table(["CVE", "SEVERITY", "PACKAGE", "VERSION", "STATUS", "PLACE"], shown.map(toCells)),
    ...(hidden > 0 ? [`… and ${hidden} more; --details lists them`] : []),
  ];
}

function toCells([first, ...others]: readonly ReportedFinding[]): string[] {
  if (first === undefined) return [];
  return [
    first.cve,
    first.severity + (first.knownExploited ? ", exploited" : ""),
    first.packageName,
    first.packageVersion,
    first.status,
    placeOf(first) + (others.length > 0 ? ` and ${others.length} more` : ""),
  ];
}

/** The end of a path tells more than its beginning. */
function placeOf({ path }: ReportedFinding): string {
  if (path === null) return "";
  return path.length <= placeLengthMax ? path : `…${path.slice(1 - placeLengthMax)}`;
}

export function byWeight(left: ReportedFinding, right: ReportedFinding): number {
  return (
    severityRank(right.severity) - severityRank(left.severity) ||
    (right.epss ?? 0) - (left.epss ?? 0) ||
    left.cve.localeCompare(right.cve)
  );
}
