"use client";

import { useNow } from "./clock.tsx";
import { formatExact, formatRelative } from "./core/format.ts";

/** "4 minutes ago"; the exact time with its zone on hover and for screen readers. */
export function RelativeTime({
  at,
  missing = "never",
}: Readonly<{ at: string | Date | null | undefined; missing?: string }>) {
  const now = useNow();
  if (at === null || at === undefined) return <span className="text-ink-subtle">{missing}</span>;
  const time = new Date(at);
  return (
    <time dateTime={time.toISOString()} title={formatExact(time)} className="whitespace-nowrap">
      {formatRelative(time, now)}
    </time>
  );
}
