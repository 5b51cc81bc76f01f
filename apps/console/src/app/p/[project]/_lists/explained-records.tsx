import { Badge } from "@rampart/ui/badge";
import type { ExplainedRecord, MatchExplanation } from "@rampart/vulnerabilities/contract";

const tones: Readonly<Record<ExplainedRecord["verdict"], "bad" | "good" | "plain">> = {
  affected: "bad",
  fixed: "good",
  "not-affected": "good",
  "never-affected": "good",
  withdrawn: "plain",
  "unreadable-version": "plain",
};

const recordsShownMax = 20;

/** The sentence that explains a verdict, and every record with the comparison that led to it. */
export function ExplainedRecords({ title, explanation }: Readonly<{ title: string; explanation: MatchExplanation }>) {
  const { records, sentence } = explanation;
  return (
    <section className="grid gap-2">
      <h3 className="text-sm font-semibold">{title}</h3>
      <p className="text-sm">{sentence}</p>
      <ul className="grid gap-2">
        {records.slice(0, recordsShownMax).map((record) => (
          <Record key={`${record.recordId} ${record.source} ${record.range}`} record={record} />
        ))}
      </ul>
      {records.length > recordsShownMax && (
        <p className="text-xs text-ink-subtle">and {records.length - recordsShownMax} more records.</p>
      )}
    </section>
  );
}

function Record({ record }: Readonly<{ record: ExplainedRecord }>) {
  return (
    <li className="grid gap-1 rounded-md border bg-surface p-2.5 text-sm">
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={tones[record.verdict]}>{record.verdict.replaceAll("-", " ")}</Badge>
        <span>{record.comparison}</span>
      </p>
      <p className="text-xs text-ink-subtle">
        {record.recordId} · affected: <span className="font-mono">{record.range}</span> · {record.source}
      </p>
    </li>
  );
}
