import type { Severity, SeverityCounts as Counts } from "@rampart/kernel";
import Link from "next/link";
import { classNames } from "./core/class-names.ts";
import { formatCount } from "./core/format.ts";
import { severitiesWorstFirst, severityLook } from "./core/severity-look.ts";

type SeverityCountsProps = Readonly<{
  counts: Counts;
  /** Where a number leads: the table that it counts. */
  href?: (severity: Severity) => string;
}>;

/** One row of counts, worst first, each at its own place so that a column of them reads downwards. */
export function SeverityCounts({ counts, href }: SeverityCountsProps) {
  return (
    <span className="inline-flex items-center gap-0.5">
      {severitiesWorstFirst.map((severity) => (
        <Count key={severity} severity={severity} count={counts[severity]} href={href?.(severity)} />
      ))}
    </span>
  );
}

type CountProps = Readonly<{ severity: Severity; count: number; href: string | undefined }>;

function Count({ severity, count, href }: CountProps) {
  const { word, shape, text, soft } = severityLook[severity];
  if (severity === "unknown" && count === 0) return null;
  const look = classNames(
    "inline-flex h-6 min-w-11 items-center justify-between gap-1 rounded-sm px-1.5 text-xs",
    count === 0 ? "text-ink-subtle" : [text, soft, "font-semibold"],
  );
  const inside = (
    <>
      <span aria-hidden>{shape}</span>
      <span className="sr-only">{word}</span>
      {formatCount(count)}
    </>
  );
  if (href === undefined || count === 0) return <span className={look}>{inside}</span>;
  return (
    <Link
      href={href}
      className={classNames(look, "hover:underline")}
      title={`${formatCount(count)} ${word.toLowerCase()}`}
    >
      {inside}
    </Link>
  );
}
