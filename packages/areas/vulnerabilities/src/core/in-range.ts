import { invariant } from "@rampart/kernel";
import type { Affected, AffectedRange, RangeEvent } from "./advisory.ts";
import type { Ranks } from "./sort-bounds.ts";
import { saysNotAffected } from "./vendor-status.ts";

type Step = Readonly<{ kind: "introduced" | "fixed" | "lastAffected"; version: string; rank: number }>;

/** Versions from an introduction up to what ends it, as places in the table of bounds: `from` is in, `to` is out. */
export type Stretch = Readonly<{
  from: number;
  to: number;
  since: string;
  end: Step | null;
}>;

/** What one advisory says about the versions of one package, ready to be asked. */
export type RankedAffected = Readonly<{
  stretches: readonly Stretch[];
  /** Listed versions by their places. */
  exact: ReadonlyMap<number, string>;
}>;

const nothingListed: ReadonlyMap<number, string> = new Map();

/** `introduced: "0"` means from the first version on, whatever the ecosystem thinks of the text "0". */
const beginning = "0";

/** Every version that an advisory names, for the table that ranks them. */
export function boundsOf({ ranges, versions }: Affected): readonly string[] {
  const named = ranges.flatMap(({ events }) =>
    events.map(({ introduced, fixed, lastAffected }) => introduced ?? fixed ?? lastAffected ?? beginning),
  );
  return [...named, ...versions];
}

/**
 * By the rules of the OSV schema: each range alone, its events in order of version, and one range that covers a version
 * is enough.
 */
export function rankAffected({ ranges, versions }: Affected, ranks: Ranks): RankedAffected {
  return {
    stretches: ranges.flatMap((range) => toStretches(stepsOf(range, ranks))),
    exact: versions.length === 0 ? nothingListed : new Map(versions.map((listed) => [rankIn(ranks, listed), listed])),
  };
}

function toStretches(steps: readonly Step[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let since: Step | null = null;
  for (const step of steps) {
    if (step.kind === "introduced") since ??= step;
    else if (since !== null) {
      stretches.push(toStretch(since, step));
      since = null;
    }
  }
  return since === null ? stretches : [...stretches, toStretch(since, null)];
}

function toStretch(since: Step, end: Step | null): Stretch {
  const to = end === null ? Infinity : end.kind === "fixed" ? end.rank : end.rank + 1;
  return { from: since.rank, to, since: since.version, end };
}

const order = { fixed: 0, introduced: 1, lastAffected: 2 } as const;

/** Events in the order of their versions; at the same version a fix closes before an introduction opens. */
function stepsOf({ events }: AffectedRange, ranks: Ranks): readonly Step[] {
  return events
    .flatMap((event) => toStep(event, ranks))
    .toSorted((left, right) => left.rank - right.rank || order[left.kind] - order[right.kind]);
}

function toStep({ introduced, fixed, lastAffected }: RangeEvent, ranks: Ranks): readonly Step[] {
  if (introduced === beginning) return [{ kind: "introduced", version: beginning, rank: 0 }];
  if (introduced !== undefined) return [{ kind: "introduced", version: introduced, rank: rankIn(ranks, introduced) }];
  if (fixed !== undefined) return [{ kind: "fixed", version: fixed, rank: rankIn(ranks, fixed) }];
  if (lastAffected === undefined) return [];
  return [{ kind: "lastAffected", version: lastAffected, rank: rankIn(ranks, lastAffected) }];
}

function rankIn(ranks: Ranks, version: string): number {
  const rank = ranks.get(version);
  invariant(rank !== undefined, "every bound of a record is among the sorted bounds");
  return rank;
}

/** A stretch as people read it, such as ">= 2.0.0, < 2.15.0". */
export function rangeText({ since, end }: Stretch): string {
  const from = since === beginning ? "" : `>= ${since}`;
  const to = end === null ? "" : `${end.kind === "fixed" ? "<" : "<="} ${end.version}`;
  return from !== "" && to !== "" ? `${from}, ${to}` : `${from}${to}` || "all versions";
}

export function fixOf({ end }: Stretch): string | null {
  return end?.kind === "fixed" ? end.version : null;
}

/** All ranges of a record. */
export function rangesText({ stretches, exact }: RankedAffected): string {
  return [...stretches.map(rangeText), ...[...exact.values()].map((version) => `= ${version}`)].join(" or ");
}

/** A fix in version "0", or the vendor's word, is how a vendor says that nothing was ever affected. */
export function isNeverAffected({ ranges, versions, status }: Said): boolean {
  if (typeof status === "string" && saysNotAffected(status)) return true;
  return (
    versions.length === 0 &&
    ranges.length > 0 &&
    ranges.every(({ events }) => events.some((event) => event.fixed === "0"))
  );
}

type Said = Pick<Affected, "ranges" | "versions"> & Readonly<{ status?: string | null }>;
