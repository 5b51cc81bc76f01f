import { Card } from "@rampart/ui/card";
import { formatCount } from "@rampart/ui/core/format";
import { SeverityBars } from "@rampart/ui/stacked-bars";
import type { ExplorerTotals } from "@rampart/vulnerabilities/contract";
import Link from "next/link";
import { toCves, toWorst } from "../../../_lists/severity-links.ts";

type ExplorerCountsProps = Readonly<{ totals: ExplorerTotals; base: string }>;

/** The two countings that people ask for, and how many remain when one looks closer. */
export function ExplorerCounts({ totals, base }: ExplorerCountsProps) {
  return (
    <div className="grid gap-4 lg:grid-cols-2 xl:grid-cols-4">
      <Card title="From all to urgent">
        <Funnel totals={totals} path={`${base}/vulnerabilities/explorer`} />
      </Card>
      <Card title="Distinct CVEs, by severity">
        <SeverityBars counts={totals.cves} label="Distinct CVEs by severity" href={toCves(base)} />
      </Card>
      <Card title="Images, by their worst finding">
        <SeverityBars counts={totals.impactedImages} label="Images by worst finding" href={toWorst(base, "images")} />
      </Card>
      <Card title="Hosts, by their worst finding">
        <SeverityBars counts={totals.impactedHosts} label="Hosts by worst finding" href={toWorst(base, "hosts")} />
      </Card>
    </div>
  );
}

function Funnel({ totals: { funnel }, path }: Readonly<{ totals: ExplorerTotals; path: string }>) {
  const steps = [
    ["All CVEs", funnel.total, path],
    ["Critical or high", funnel.urgent, `${path}?q=severity:high`],
    ["… with a fix", funnel.fixable, `${path}?q=${encodeURIComponent("severity:high fix:yes")}`],
    ["… and exploited", funnel.exploited, `${path}?q=${encodeURIComponent("severity:high fix:yes exploited:yes")}`],
  ] as const;
  const largest = Math.max(1, funnel.total);
  return (
    <ul className="grid gap-1.5">
      {steps.map(([label, count, href]) => (
        <li key={label} className="grid grid-cols-[7.5rem_1fr_4rem] items-center gap-3 text-sm">
          <span className="text-ink-muted">{label}</span>
          <svg viewBox="0 0 100 8" preserveAspectRatio="none" className="h-3 w-full" aria-hidden>
            <rect width="100" height="8" rx="0.5" className="fill-sunken" />
            <rect
              width={count === 0 ? 0 : Math.max(0.7, (count / largest) * 100)}
              height="8"
              rx="0.5"
              className="fill-accent-fill"
            />
          </svg>
          <span className="text-right font-medium">
            {count === 0 ? (
              "0"
            ) : (
              <Link href={href} className="text-accent hover:underline">
                {formatCount(count)}
              </Link>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
