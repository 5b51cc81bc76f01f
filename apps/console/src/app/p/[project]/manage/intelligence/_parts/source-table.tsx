import type { FeedSource } from "@rampart/vulnerabilities/contract";
import { Badge } from "@rampart/ui/badge";
import { formatBytes, formatCount } from "@rampart/ui/core/format";
import { EmptyState } from "@rampart/ui/empty-state";
import { RelativeTime } from "@rampart/ui/relative-time";
import { isStale } from "./staleness.ts";

const headers = ["Feed", "Form", "From", "Records", "Packages", "Size", "Data as of", "Imported", "Last look"];

export function SourceTable({ sources, now }: Readonly<{ sources: readonly FeedSource[]; now: Date }>) {
  if (sources.length === 0) return <EmptyState compact title="No advisories are loaded" />;
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Loaded feeds">
      <table className="w-full text-sm">
        <thead className="text-left text-xs text-ink-subtle">
          <tr>
            {headers.map((header) => (
              <th key={header} scope="col" className="h-8 border-b px-4 font-medium whitespace-nowrap">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <SourceRow key={source.file} source={source} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SourceRow({ source, now }: Readonly<{ source: FeedSource; now: Date }>) {
  return (
    <tr className="h-(--row) border-b last:border-b-0">
      <th scope="row" className="px-4 py-1 text-left font-medium">
        {source.file} {source.isStarter && <Badge>starter set</Badge>}{" "}
        {isStale(source, now) && <Badge tone="warn">stale</Badge>}
        {source.problem !== null && (
          <p className="text-xs font-normal text-bad">Last attempt refused: {source.problem}</p>
        )}
      </th>
      <td className="px-4 whitespace-nowrap">{source.format}</td>
      <td className="max-w-60 truncate px-4" title={source.origin}>
        {source.origin}
      </td>
      <td className="px-4">{formatCount(source.records)}</td>
      <td className="px-4">{formatCount(source.packages)}</td>
      <td className="px-4 whitespace-nowrap">{formatBytes(source.sizeBytes)}</td>
      <td className="px-4">
        <RelativeTime at={source.dataAsOf} missing="not said" />
      </td>
      <td className="px-4">
        <RelativeTime at={source.importedAt} />
      </td>
      <td className="px-4">
        <RelativeTime at={source.checkedAt} />
      </td>
    </tr>
  );
}
