import type { Severity, SeverityCounts } from "@rampart/kernel";
import Link from "next/link";
import { formatCount } from "./core/format.ts";
import { severitiesWorstFirst, severityLook } from "./core/severity-look.ts";
import { stackSegments } from "./core/stack.ts";

/** Share of each severity as one bar; the numbers stand beside it in the page. */
export function SeverityBar({ counts, label }: Readonly<{ counts: SeverityCounts; label: string }>) {
  const segments = stackSegments(
    severitiesWorstFirst.map((severity) => counts[severity]),
    100,
    1,
  );
  const spoken = severitiesWorstFirst.map(
    (severity) => `${formatCount(counts[severity])} ${severityLook[severity].word.toLowerCase()}`,
  );
  return (
    <svg
      viewBox="0 0 100 4"
      preserveAspectRatio="none"
      className="h-2 w-full"
      role="img"
      aria-label={`${label}: ${spoken.join(", ")}`}
    >
      <rect width="100" height="4" className="fill-sunken" />
      {severitiesWorstFirst.map((severity, index) => (
        <rect
          key={severity}
          x={segments[index]?.start}
          width={segments[index]?.size}
          height="4"
          className={severityLook[severity].fill}
        />
      ))}
    </svg>
  );
}

type SeverityBarsProps = Readonly<{
  counts: SeverityCounts;
  label: string;
  href?: (severity: Severity) => string | undefined;
}>;

/** One bar per severity with its word and number: the chart is also the table. */
export function SeverityBars({ counts, label, href }: SeverityBarsProps) {
  const largest = Math.max(1, ...severitiesWorstFirst.map((severity) => counts[severity]));
  return (
    <ul aria-label={label} className="grid gap-1.5">
      {severitiesWorstFirst.map((severity) => {
        const { word, shape, text, fill } = severityLook[severity];
        const count = counts[severity];
        const address = count === 0 ? undefined : href?.(severity);
        return (
          <li key={severity} className="grid grid-cols-[5.5rem_1fr_4rem] items-center gap-3 text-sm">
            <span className={text}>
              <span aria-hidden>{shape} </span>
              {word}
            </span>
            <svg viewBox="0 0 100 8" preserveAspectRatio="none" className="h-3 w-full" aria-hidden>
              <rect width="100" height="8" className="fill-sunken" rx="0.5" />
              <rect
                width={count === 0 ? 0 : Math.max(0.7, (count / largest) * 100)}
                height="8"
                className={fill}
                rx="0.5"
              />
            </svg>
            <span className="text-right font-medium">
              {address === undefined ? (
                formatCount(count)
              ) : (
                <Link href={address} className="text-accent hover:underline">
                  {formatCount(count)}
                </Link>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
