import type { VersionScheme } from "./versions/version-scheme-of.ts";

/**
 * The versions that the advisories about one package name, oldest first and each meaning once. An installed version is
 * compared with a few of them; after that every range is a question about whole numbers.
 */
export type Bounds = readonly string[];

/** Place of each text: an odd number, the same for two texts that mean one version. */
export type Ranks = ReadonlyMap<string, number>;

export function sortBounds(texts: Iterable<string>, { compare }: VersionScheme): { bounds: Bounds; ranks: Ranks } {
  const bounds: string[] = [];
  const ranks = new Map<string, number>();
  for (const text of [...new Set(texts)].toSorted(compare)) {
    const last = bounds.at(-1);
    if (last === undefined || compare(last, text) !== 0) bounds.push(text);
    ranks.set(text, bounds.length * 2 - 1);
  }
  return { bounds, ranks };
}

/** Place of any version: that of the bound it equals, else the even number between its neighbours. */
export function placeAmong(bounds: Bounds, version: string, { compare }: VersionScheme): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = compare(version, bounds[middle] ?? "");
    if (order === 0) return middle * 2 + 1;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return low * 2;
}
