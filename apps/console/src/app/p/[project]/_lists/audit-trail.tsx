import { formatCounted } from "@rampart/ui/core/format";
import { RelativeTime } from "@rampart/ui/relative-time";
import { SeverityCounts } from "@rampart/ui/severity-counts";
import type { AuditRow } from "@rampart/vulnerabilities/contract";
import Link from "next/link";
import { VerdictWord } from "./summary-cells.tsx";

/** Violations of the vulnerability policy, newest first. */
export function AuditTrail({ audits, base }: Readonly<{ audits: readonly AuditRow[]; base: string }>) {
  return (
    <ol className="divide-y">
      {audits.map((audit) => (
        <li key={audit.id} className="grid gap-1 px-4 py-2.5 text-sm">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Link
              href={`${base}/vulnerabilities/${audit.resourceKind}s/${encodeURIComponent(audit.resourceId)}`}
              className="min-w-0 truncate font-medium hover:text-accent hover:underline"
            >
              {audit.resourceName}
            </Link>
            <SeverityCounts counts={audit.counts} />
            <span className="ml-auto text-xs text-ink-subtle">
              <RelativeTime at={audit.at} />
            </span>
          </div>
          <p className="flex flex-wrap items-center gap-x-2 text-xs text-ink-muted">
            <VerdictWord effect={audit.effect} />
            <span>
              {formatCounted(audit.findingTotal, "new finding")} by “{audit.ruleName}”:{" "}
              {audit.findings
                .slice(0, 3)
                .map(({ cve, packageName }) => `${cve} in ${packageName}`)
                .join(", ")}
              {audit.findingTotal > 3 && ` and ${audit.findingTotal - 3} more`}
            </span>
          </p>
        </li>
      ))}
    </ol>
  );
}
