import type { FeedKind } from "../../contract.ts";

const endings: readonly (readonly [string, FeedKind])[] = [
  [".osv.jsonl.gz", "osv"],
  ["kev.jsonl.gz", "kev"],
  ["epss.csv.gz", "epss"],
  ["cvss.tsv.gz", "cvss"],
  ["poc.tsv.gz", "poc"],
];

/** What a file holds, by its name; null for a file that is no feed. */
export function feedKind(file: string): FeedKind | null {
  return endings.find(([ending]) => file.endsWith(ending))?.[1] ?? null;
}

/** Side tables first: matches that follow an import should already know scores and exploitation. */
export function orderFeeds<Named extends Readonly<{ kind: FeedKind; file: string }>>(
  feeds: readonly Named[],
): readonly Named[] {
  return feeds.toSorted(
    (left, right) =>
      Number(left.kind === "osv") - Number(right.kind === "osv") || left.file.localeCompare(right.file, "en"),
  );
}
