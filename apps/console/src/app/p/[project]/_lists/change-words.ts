import type { ChangeCounts } from "@rampart/inventory/contract";
import { formatCount, formatCounted } from "@rampart/ui/core/format";

type Counts = Pick<ChangeCounts, "added" | "replaced" | "removed" | "secrets" | "complete">;

/** "3 packages added", "1 removed": how a container differs from its image. */
export function changeWords({ added, replaced, removed, secrets, complete }: Counts): readonly string[] {
  const parts = [
    [added, "added"],
    [replaced, "replaced"],
    [removed, "removed"],
  ] as const;
  const packages = parts
    .filter(([count]) => count > 0)
    .map(([count, what], index) =>
      index === 0 ? `${formatCounted(count, "package")} ${what}` : `${formatCount(count)} ${what}`,
    );
  return [
    // First, because it is the rarest, and a narrow column cuts the end.
    ...(secrets > 0 ? [`${formatCounted(secrets, "secret")} written`] : []),
    ...packages,
    ...(complete ? [] : ["not all could be read"]),
  ];
}
