import type { FeedKind } from "../../contract.ts";
import type { FeedFormat } from "../../core/feeds/feed-format.ts";

const endings: readonly (readonly [string, FeedFormat])[] = [
  [".osv.jsonl.gz", "osv-lines"],
  ["kev.jsonl.gz", "kev-lines"],
  ["epss.csv.gz", "epss-csv"],
  ["cvss.tsv.gz", "cvss-tsv"],
  ["poc.tsv.gz", "poc-tsv"],
];

/** What a file should hold by its name, when its content does not say; null for names that promise nothing. */
export function formatByName(file: string): FeedFormat | null {
  return endings.find(([ending]) => file.endsWith(ending))?.[1] ?? null;
}

/** Names under which feeds are published; anything else beside them is documentation. */
export function mayBeFeed(file: string): boolean {
  return /\.(?:jsonl?|csv|tsv|xml|zip|tar|rampart)(?:\.(?:gz|zst|xz))?$|\.tgz$|\/data\/json$|\/feeds\/bundle$/.test(
    file,
  );
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
