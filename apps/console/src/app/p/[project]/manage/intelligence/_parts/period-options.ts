import { formatCounted } from "@rampart/ui/core/format";
import type { SelectOption } from "@rampart/ui/select";

const usual: ReadonlyMap<number, string> = new Map([
  [1, "every hour"],
  [6, "every 6 hours"],
  [24, "every day"],
  [168, "every week"],
]);

/** In words where there are words for it. */
export function periodText(hours: number): string {
  return usual.get(hours) ?? `every ${formatCounted(hours, "hour")}`;
}

/** The usual choices, and what a program has set if that is another one. */
export function periodOptions(stored: number | undefined): readonly SelectOption[] {
  const hours = new Set([...usual.keys(), ...(stored === undefined ? [] : [stored])]);
  return [...hours]
    .toSorted((left, right) => left - right)
    .map((one) => ({ value: String(one), label: periodText(one) }));
}
