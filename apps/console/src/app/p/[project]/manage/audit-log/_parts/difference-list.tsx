import type { AuditDifference } from "@rampart/audit/contract";

/** Before and after, line by line, in JSON as it was stored. */
export function DifferenceList({ differences }: Readonly<{ differences: readonly AuditDifference[] }>) {
  if (differences.length === 0) return <p className="text-sm text-ink-muted">The entry records no change of values.</p>;
  return (
    <section aria-label="Changes" className="grid gap-2">
      <h3 className="text-sm font-semibold">What changed</h3>
      <ul className="grid gap-2">
        {differences.map((difference) => (
          <li key={difference.path} className="rounded-md border bg-surface p-2.5 text-xs">
            <p className="mb-1 font-mono text-ink-subtle">{difference.path}</p>
            <Value sign="−" tone="text-bad" said="Before" value={difference.before} />
            <Value sign="+" tone="text-good" said="After" value={difference.after} />
          </li>
        ))}
      </ul>
    </section>
  );
}

type ValueProps = Readonly<{ sign: string; tone: string; said: string; value: unknown }>;

function Value({ sign, tone, said, value }: ValueProps) {
  if (value === undefined) return null;
  return (
    <p className={`font-mono break-all ${tone}`}>
      <span aria-hidden>{sign} </span>
      <span className="sr-only">{said}: </span>
      {typeof value === "string" ? value : JSON.stringify(value)}
    </p>
  );
}
