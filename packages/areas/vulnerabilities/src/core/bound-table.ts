import type { VersionScheme } from "./versions/version-scheme-of.ts";

/**
 * The versions that the advisories about one package name, in order. An installed version is compared with a few of
 * them once; after that every range is a question about two whole numbers.
 */
export type BoundTable = Readonly<{
  /** Place of a bound: an odd number, the same for two texts that mean one version. */
  rankOf(bound: string): number;
  /** Place of any version: that of the bound it equals, else the even number between its neighbours. */
  placeOf(version: string): number;
}>;

export function boundTable(bounds: Iterable<string>, { compare }: VersionScheme): BoundTable {
  const distinct: string[] = [];
  const ranks = new Map<string, number>();
  for (const bound of [...new Set(bounds)].toSorted(compare)) {
    const last = distinct.at(-1);
    if (last === undefined || compare(last, bound) !== 0) distinct.push(bound);
    ranks.set(bound, distinct.length * 2 - 1);
  }
  return {
    rankOf: (bound) => ranks.get(bound) ?? placeIn(distinct, bound, compare),
    placeOf: (version) => placeIn(distinct, version, compare),
  };
}

function placeIn(sorted: readonly string[], version: string, compare: VersionScheme["compare"]): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = compare(version, sorted[middle] ?? "");
    if (order === 0) return middle * 2 + 1;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return low * 2;
}
