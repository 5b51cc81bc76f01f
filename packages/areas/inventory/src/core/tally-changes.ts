import type { InventoryPackage } from "@rampart/inspection/contract";
import type { PackageChange } from "../contract.ts";

type Lists = Readonly<{ added: readonly InventoryPackage[]; removed: readonly InventoryPackage[] }>;

/** Joins what came and what went to changes: the same name at the same place is one package with another version. */
export function listChanges({ added, removed }: Lists): readonly PackageChange[] {
  const gone = Map.groupBy(removed, placeOf);
  const came = added.map((found): PackageChange => {
    const before = gone.get(placeOf(found))?.shift();
    if (before === undefined) return { change: "added", package: found };
    return { change: "replaced", package: found, from: before.version };
  });
  const left = [...gone.values()].flat().map((found): PackageChange => ({ change: "removed", package: found }));
  return [...came, ...left];
}

export function tallyChanges(lists: Lists) {
  const counts = { added: 0, replaced: 0, removed: 0 };
  for (const { change } of listChanges(lists)) counts[change] += 1;
  return counts;
}

const placeOf = ({ kind, name, path }: InventoryPackage): string => [kind, name, path ?? ""].join("\u001f");
