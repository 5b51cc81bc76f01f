import { EmptyState } from "@rampart/ui/empty-state";
import Link from "next/link";
import type { Decision } from "./to-decisions.ts";

const shapes = { bad: ["◆", "text-bad"], warn: ["▲", "text-warn"], accent: ["●", "text-accent"] } as const;

export function DecisionList({ decisions }: Readonly<{ decisions: readonly Decision[] }>) {
  if (decisions.length === 0) return <EmptyState compact title="Nothing waits for you" />;
  return (
    <ul className="divide-y">
      {decisions.map(({ tone, text, verb, href }) => (
        <li key={text} className="flex items-center gap-3 px-4 py-2 text-sm">
          <span aria-hidden className={shapes[tone][1]}>
            {shapes[tone][0]}
          </span>
          <p className="min-w-0 flex-1">{text}</p>
          <Link href={href} className="shrink-0 text-accent hover:underline">
            {verb}
          </Link>
        </li>
      ))}
    </ul>
  );
}
