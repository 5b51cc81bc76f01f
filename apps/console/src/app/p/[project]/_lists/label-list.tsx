import type { Labels } from "@rampart/kernel";

/** Labels as they were given, sorted by name. */
export function LabelList({ labels }: Readonly<{ labels: Labels }>) {
  const entries = Object.entries(labels).toSorted(([left], [right]) => left.localeCompare(right));
  if (entries.length === 0) return <p className="text-sm text-ink-subtle">No labels.</p>;
  return (
    <ul aria-label="Labels" className="flex flex-wrap gap-1.5">
      {entries.map(([name, value]) => (
        <li key={name} className="max-w-full rounded-sm bg-sunken px-1.5 py-0.5 font-mono text-xs break-all">
          <span className="text-ink-subtle">{name}=</span>
          {value}
        </li>
      ))}
    </ul>
  );
}
