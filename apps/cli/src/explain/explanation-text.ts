import type { MatchExplanation } from "@rampart/vulnerabilities/offline";
import { table } from "../output/table.ts";
import type { Explained } from "./explain-packages.ts";

export function explanationText(id: string, { explanations, warnings, knowledge }: Explained): string {
  const told = explanations.map(paragraphOf);
  const nothing = `No record of ${id} speaks of any of these packages.`;
  const cautions = warnings.map((warning) => `warning: ${warning}`).join("\n");
  const parts = [cautions, ...(told.length === 0 ? [nothing] : told)].filter((part) => part !== "");
  return `${[...parts, `(compared with ${knowledge})`].join("\n\n")}\n`;
}

function paragraphOf({ id, verdict, sentence, package: named, records }: MatchExplanation): string {
  const rows = records.map((record) => [
    record.recordId,
    record.source,
    record.verdict,
    record.range,
    record.comparison,
  ]);
  return [
    `${id} in ${named.name} ${named.version} (${named.ecosystem}): ${verdict}`,
    sentence,
    ...(rows.length === 0 ? [] : [table(["RECORD", "SOURCE", "VERDICT", "AFFECTED", "DECIDED BY"], rows)]),
  ].join("\n");
}
