import { formatCount } from "@rampart/ui/core/format";
import Link from "next/link";
import type { RiskRows } from "./risk-rows.ts";

type RiskiestOnlyProps = Readonly<{ listed: Pick<RiskRows<unknown>, "riskiestOnly">; noun: string; byName: string }>;

/** Says that a ranking by risk does not reach all rows, and how to see the rest. */
export function RiskiestOnly({ listed, noun, byName }: RiskiestOnlyProps) {
  if (listed.riskiestOnly === null) return null;
  return (
    <p className="text-sm text-ink-muted">
      These are the {formatCount(listed.riskiestOnly)} {noun} with the highest risk.{" "}
      <Link href={byName} className="text-accent underline underline-offset-2">
        Sort by name
      </Link>{" "}
      to page through all.
    </p>
  );
}
