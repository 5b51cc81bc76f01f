import type { InventoryPackage } from "@rampart/inspection/contract";

/** A package that is new in a container, gone from it, or there with another version than in its image. */
export type PackageChange = Readonly<{
  package: InventoryPackage;
  kind: "added" | "removed" | "replaced";
  from?: string;
}>;

type Lists = Readonly<{ added: readonly InventoryPackage[]; removed: readonly InventoryPackage[] }>;

/** Joins what came and what went to changes: the same name at the same place is one package with another version. */
export function listChanges({ added, removed }: Lists): readonly PackageChange[] {
  const gone = Map.groupBy(removed, placeOf);
  const came = added.map((found): PackageChange => {
    const before = gone.get(placeOf(found))?.shift();
    if (before === undefined) return { package: found, kind: "added" };
    return { package: found, kind: "replaced", from: before.version };
  });
  const left = [...gone.values()].flat().map((found): PackageChange => ({ package: found, kind: "removed" }));
  return [...came, ...left];
}

export function tallyChanges(lists: Lists) {
  const counts = { added: 0, replaced: 0, removed: 0 };
  for (const { kind } of listChanges(lists)) counts[kind] += 1;
  return counts;
}

const placeOf = ({ kind, name, path }: InventoryPackage): string => [kind, name, path ?? ""].join("\u001f");
