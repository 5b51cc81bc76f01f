import type { Affected, AffectedRange, RangeEvent } from "./advisory.ts";
import { type VersionScheme, versionSchemeOf } from "./versions/index.ts";

/** Where an affected version stands: the event that ends its range, if the range ends. */
export type Hit = Readonly<{ range: string; fixVersion: string | null }>;

type Step = Readonly<{ kind: "introduced" | "fixed" | "lastAffected"; version: string }>;

/**
 * Whether a version is affected, by the rules of the OSV schema: each range alone, its events in order of version, and
 * one range that covers the version is enough. Null when it is not.
 */
export function findRange(affected: Affected, version: string): Hit | null {
  const scheme = versionSchemeOf(affected.ecosystem);
  const isVersion = scheme.isVersion(version);
  const against = scheme.against(version);
  for (const range of isVersion ? affected.ranges : []) {
    const hit = hitIn(stepsOf(range, scheme), against);
    if (hit !== null) return hit;
  }
  if (affected.versions.length === 0) return null;
  const exact = affected.versions.find((listed) => listed === version || sameVersion(scheme, listed, version));
  return exact === undefined ? null : { range: `= ${exact}`, fixVersion: null };
}

function sameVersion(scheme: VersionScheme, listed: string, version: string): boolean {
  return scheme.isVersion(listed) && scheme.isVersion(version) && scheme.compare(listed, version) === 0;
}

function hitIn(steps: readonly Step[], against: (bound: string) => number): Hit | null {
  let since: string | null = null;
  for (const step of steps) {
    const order = step.version === "0" && step.kind === "introduced" ? 1 : against(step.version);
    if (step.kind === "introduced") {
      if (order >= 0 && since === null) since = step.version;
      continue;
    }
    const ends = step.kind === "fixed" ? order >= 0 : order > 0;
    if (ends) since = null;
    else if (since !== null) return hitBefore(since, step);
  }
  return since === null ? null : { range: rangeText(since, null), fixVersion: null };
}

function hitBefore(since: string, step: Step): Hit {
  return { range: rangeText(since, step), fixVersion: step.kind === "fixed" ? step.version : null };
}

/** Steps of ranges that were asked about before; the same advisory is asked about for every resource. */
const knownSteps = new WeakMap<AffectedRange, readonly Step[]>();
const rank = { lastAffected: 2, fixed: 0, introduced: 1 } as const;

/** Events in the order of their versions; at the same version a fix closes before an introduction opens. */
function stepsOf(range: AffectedRange, scheme: VersionScheme): readonly Step[] {
  const known = knownSteps.get(range);
  if (known !== undefined) return known;
  const steps = range.events.flatMap(toStep);
  const sorted = steps.toSorted((left, right) => orderStarts(left, right, scheme) || rank[left.kind] - rank[right.kind]);
  knownSteps.set(range, sorted);
  return sorted;
}

/** `introduced: "0"` means from the beginning, whatever the ecosystem thinks of the text "0". */
function orderStarts(left: Step, right: Step, scheme: VersionScheme): number {
  const leftStart = left.kind === "introduced" && left.version === "0";
  const rightStart = right.kind === "introduced" && right.version === "0";
  if (leftStart || rightStart) return Number(rightStart) - Number(leftStart);
  return scheme.compare(left.version, right.version);
}

function toStep(event: RangeEvent): readonly Step[] {
  if (event.introduced !== undefined) return [{ kind: "introduced", version: event.introduced }];
  if (event.fixed !== undefined) return [{ kind: "fixed", version: event.fixed }];
  return event.lastAffected === undefined ? [] : [{ kind: "lastAffected", version: event.lastAffected }];
}

function rangeText(since: string, end: Step | null): string {
  const from = since === "0" ? "" : `>= ${since}`;
  const to = end === null ? "" : `${end.kind === "fixed" ? "<" : "<="} ${end.version}`;
  return [from, to].filter((part) => part !== "").join(", ") || "all versions";
}

/** The vendor states that no version was ever affected; this silences what others say about the same package. */
export function isNeverAffected({ ranges, versions }: Pick<Affected, "ranges" | "versions">): boolean {
  return (
    versions.length === 0 && ranges.length > 0 && ranges.every(({ events }) => events.some((event) => event.fixed === "0"))
  );
}
