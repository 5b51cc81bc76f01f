import { Badge } from "@rampart/ui/badge";
import { SeverityCounts } from "@rampart/ui/severity-counts";
import { StatusWord } from "@rampart/ui/status-word";
import type { ResourceSummary } from "@rampart/vulnerabilities/contract";

type Judged = Readonly<{
  summary: ResourceSummary | null;
  scanState: "pending" | "scanned" | "failed";
  complete: boolean;
}>;

/** Counts, or why there are none: no findings must never look like an all-clear when nobody could look. */
export function FindingsCell({ row, href }: Readonly<{ row: Judged; href: string }>) {
  if (row.scanState === "pending") return <StatusWord word="waiting for inspection" tone="accent" />;
  if (row.scanState === "failed") return <StatusWord word="inspection failed" tone="bad" />;
  if (row.summary === null) return <StatusWord word="being matched" tone="accent" />;
  if (couldNotTell(row.summary, row.complete)) return <StatusWord word="could not tell" />;
  return (
    <span className="inline-flex items-center gap-1.5">
      <SeverityCounts counts={row.summary.counts} href={(severity) => `${href}?q=severity:${severity}`} />
      {(!row.complete || row.summary.unsupportedOs) && (
        <Badge tone="warn" title="Packages may be missing, or no advisories exist for the distribution">
          partial
        </Badge>
      )}
    </span>
  );
}

/** Nothing was found where not everything could be judged. */
export function couldNotTell(summary: ResourceSummary, complete: boolean): boolean {
  return summary.total === 0 && (!complete || summary.unsupportedOs);
}

/** The verdict of the policy, where there is something to judge. */
export function VerdictCell({ row }: Readonly<{ row: Judged }>) {
  if (row.summary === null || couldNotTell(row.summary, row.complete)) return null;
  return <SummaryVerdict summary={row.summary} complete={row.complete} />;
}

/** The verdict on a whole resource; one without findings has nothing that could be ignored. */
export function SummaryVerdict({ summary, complete }: Readonly<{ summary: ResourceSummary; complete: boolean }>) {
  if (couldNotTell(summary, complete)) return <StatusWord word="could not tell" />;
  if (summary.total === 0) return <StatusWord word="nothing found" tone="good" />;
  return <VerdictWord effect={summary.effect} />;
}

const verdicts = {
  ignore: { word: "ignored", tone: "quiet" },
  alert: { word: "alerting", tone: "warn" },
  block: { word: "would block", tone: "bad" },
} as const;

export function VerdictWord({ effect }: Readonly<{ effect: keyof typeof verdicts }>) {
  const { word, tone } = verdicts[effect];
  return <StatusWord word={word} tone={tone} />;
}

/** The version that repairs a flaw, or the vendor's word where there is none. */
export function FixWord({ fix, status }: Readonly<{ fix: string | null; status: string }>) {
  if (fix === null) return <span className="text-ink-subtle">{status === "" ? "no fix" : status}</span>;
  return <span className="font-mono text-xs text-good">{fix}</span>;
}
