import { EmptyState } from "@rampart/ui/empty-state";
import { SeverityBar } from "@rampart/ui/stacked-bars";
import { severitiesWorstFirst, severityLook } from "@rampart/ui/core/severity-look";
import type { ResourceSummary } from "@rampart/vulnerabilities/contract";
import Link from "next/link";

export function RiskiestList({ rows, base }: Readonly<{ rows: readonly ResourceSummary[]; base: string }>) {
  if (rows.length === 0) return <EmptyState compact title="Nothing has been inspected yet" />;
  return (
    <ul className="divide-y">
      {rows.map((row) => (
        <li key={`${row.resourceKind} ${row.resourceId}`} className="grid gap-1 px-4 py-1.5 text-sm">
          <div className="flex items-center gap-2">
            <Link
              href={`${base}/vulnerabilities/${row.resourceKind}s/${encodeURIComponent(row.resourceId)}`}
              className="min-w-0 flex-1 truncate font-medium hover:text-accent hover:underline"
              title={row.resourceName}
            >
              {row.resourceName}
            </Link>
            <WorstCount row={row} />
          </div>
          <SeverityBar counts={row.counts} label={`Findings of ${row.resourceName}`} />
        </li>
      ))}
    </ul>
  );
}

function WorstCount({ row }: Readonly<{ row: ResourceSummary }>) {
  const worst = severitiesWorstFirst.find((severity) => row.counts[severity] > 0);
  if (worst === undefined && row.unsupportedOs) return <span className="text-ink-muted">could not tell</span>;
  if (worst === undefined) return <span className="text-good">no findings</span>;
  const { shape, word, text } = severityLook[worst];
  return (
    <span className={text}>
      <span aria-hidden>{shape}</span> {row.counts[worst]} {word.toLowerCase()}
    </span>
  );
}
