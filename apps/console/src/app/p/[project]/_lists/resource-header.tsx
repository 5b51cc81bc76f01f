import { Badge } from "@rampart/ui/badge";
import { SeverityCounts } from "@rampart/ui/severity-counts";
import type { Severity } from "@rampart/kernel";
import type { ResourceSummary } from "@rampart/vulnerabilities/contract";
import Link from "next/link";
import type { ReactNode } from "react";
import { couldNotTell, SummaryVerdict } from "./summary-cells.tsx";

type ResourceHeaderProps = Readonly<{
  title: string;
  /** "Image", "Host": what kind of thing this is. */
  kind: string;
  back: Readonly<{ href: string; label: string }>;
  facts: readonly (readonly [name: string, value: ReactNode])[];
  actions?: ReactNode;
}>;

/** Who a resource is, in one glance; its tabs follow below. */
export function ResourceHeader({ title, kind, back, facts, actions }: ResourceHeaderProps) {
  return (
    <header className="grid gap-3">
      <p className="text-sm text-ink-subtle">
        <Link href={back.href} className="hover:text-accent hover:underline">
          {back.label}
        </Link>{" "}
        / {kind}
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="min-w-0 text-xl font-semibold break-all">{title}</h1>
        {actions !== undefined && <div className="ml-auto flex gap-2">{actions}</div>}
      </div>
      <dl className="flex flex-wrap gap-x-8 gap-y-2 text-sm">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-xs text-ink-subtle">{name}</dt>
            <dd className="min-h-6">{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

type VerdictBarProps = Readonly<{
  summary: ResourceSummary;
  complete: boolean;
  href: (severity: Severity) => string;
  policyHref: string;
}>;

/** What the policy says about the resource, and the rule that decided. */
export function VerdictBar({ summary, complete, href, policyHref }: VerdictBarProps) {
  return (
    <section
      aria-label="Verdict"
      className="flex flex-wrap items-center gap-x-5 gap-y-2 rounded-lg border bg-surface px-4 py-2.5 text-sm"
    >
      <SeverityCounts counts={summary.counts} href={href} />
      <span>{summary.fixable} with a fix</span>
      {summary.knownExploited > 0 && <Badge tone="bad">{summary.knownExploited} exploited in the wild</Badge>}
      <span className="ml-auto inline-flex flex-wrap items-center gap-1.5">
        <SummaryVerdict summary={summary} complete={complete} />
        {!couldNotTell(summary, complete) && <DecidingRule name={summary.ruleName} href={policyHref} />}
      </span>
    </section>
  );
}

function DecidingRule({ name, href }: Readonly<{ name: string | null; href: string }>) {
  if (name === null) return <span className="text-ink-subtle">no rule of the policy fits</span>;
  return (
    <span className="text-ink-subtle">
      by{" "}
      <Link href={href} className="text-accent hover:underline">
        {name}
      </Link>
    </span>
  );
}
