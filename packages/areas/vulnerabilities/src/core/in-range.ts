import type { Affected, AffectedRange, RangeEvent } from "./advisory.ts";
import type { BoundTable } from "./bound-table.ts";
import { saysNotAffected } from "./vendor-status.ts";

/** Where an affected version stands: the stretch of versions that covers it and the fix that ends it, if any. */
export type Hit = Readonly<{ range: string; fixVersion: string | null }>;

type Step = Readonly<{ kind: "introduced" | "fixed" | "lastAffected"; version: string; rank: number }>;

/** Versions from an introduction up to what ends it, as places in the table of bounds: `from` is in, `to` is out. */
export type Stretch = Readonly<{
  from: number;
  to: number;
  /** Place of the fix; -1 when none is known. */
  fixRank: number;
  since: string;
  end: Readonly<{ kind: "fixed" | "lastAffected"; version: string }> | null;
  hit: Hit;
}>;

/** What one advisory says about the versions of one package, ready to be asked. */
export type RankedAffected = Readonly<{
  stretches: readonly Stretch[];
  /** Listed versions by their places. */
  exact: ReadonlyMap<number, Hit>;
}>;

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
export function rankAffected({ ranges, versions }: Affected, table: BoundTable): RankedAffected {
  return {
    stretches: ranges.flatMap((range) => toStretches(stepsOf(range, table))),
    exact: new Map(versions.map((listed) => [table.rankOf(listed), { range: `= ${listed}`, fixVersion: null }])),
  };
}

function toStretches(steps: readonly Step[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let since: Step | null = null;
  for (const step of steps) {
    if (step.kind === "introduced") since ??= step;
    else if (since !== null) {
      stretches.push(toStretch(since, step.kind, step));
      since = null;
    }
  }
  return since === null ? stretches : [...stretches, toStretch(since, null, null)];
}

function toStretch(since: Step, kind: "fixed" | "lastAffected" | null, end: Step | null): Stretch {
  const from = since.rank;
  const rangeEnd = kind === null || end === null ? null : { kind, version: end.version };
  const hit = {
    range: rangeText(since.version, rangeEnd),
    fixVersion: rangeEnd?.kind === "fixed" ? rangeEnd.version : null,
  };
  if (end === null) return { from, to: Infinity, fixRank: -1, since: since.version, end: null, hit };
  const isFix = kind === "fixed";
  const to = isFix ? end.rank : end.rank + 1;
  return { from, to, fixRank: isFix ? end.rank : -1, since: since.version, end: rangeEnd, hit };
}

const order = { fixed: 0, introduced: 1, lastAffected: 2 } as const;

/** Events in the order of their versions; at the same version a fix closes before an introduction opens. */
function stepsOf({ events }: AffectedRange, table: BoundTable): readonly Step[] {
  return events
    .flatMap((event) => toStep(event, table))
    .toSorted((left, right) => left.rank - right.rank || order[left.kind] - order[right.kind]);
}

function toStep({ introduced, fixed, lastAffected }: RangeEvent, table: BoundTable): readonly Step[] {
  if (introduced === beginning) return [{ kind: "introduced", version: beginning, rank: 0 }];
  if (introduced !== undefined) return [{ kind: "introduced", version: introduced, rank: table.rankOf(introduced) }];
  if (fixed !== undefined) return [{ kind: "fixed", version: fixed, rank: table.rankOf(fixed) }];
  if (lastAffected === undefined) return [];
  return [{ kind: "lastAffected", version: lastAffected, rank: table.rankOf(lastAffected) }];
}

function rangeText(since: string, end: Stretch["end"]): string {
  const from = since === beginning ? "" : `>= ${since}`;
  const to = end === null ? "" : `${end.kind === "fixed" ? "<" : "<="} ${end.version}`;
  return [from, to].filter((part) => part !== "").join(", ") || "all versions";
}

/** All ranges of a record as people read them. */
export function rangesText({ stretches, exact }: RankedAffected): string {
  const texts = [...stretches.map(({ hit }) => hit.range), ...[...exact.values()].map(({ range }) => range)];
  return texts.join(" or ");
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
