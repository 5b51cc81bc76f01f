import type { Affected, AffectedRange, RangeEvent } from "./advisory.ts";
import { type VersionScheme, versionSchemeOf } from "./versions/version-scheme-of.ts";

/** Where an affected version stands: the stretch of versions that covers it and the fix that ends it, if any. */
export type Hit = Readonly<{ range: string; fixVersion: string | null }>;

type Step = Readonly<{ kind: "introduced" | "fixed" | "lastAffected"; version: string }>;

/** Versions from an introduction up to the step that ends it; null = no end. */
type Stretch = Readonly<{ since: string; end: Step | null; hit: Hit }>;

/**
 * Whether a version is affected, by the rules of the OSV schema: each range alone, its events in order of version, and
 * one range that covers the version is enough. Null when it is not.
 */
export function findRange(affected: Affected, version: string): Hit | null {
  const scheme = versionSchemeOf(affected.ecosystem);
  if (scheme.isVersion(version)) {
    const against = scheme.against(version);
    for (const range of affected.ranges) {
      const hit = findStretch(stretchesOf(range, scheme), against);
      if (hit !== null) return hit;
    }
  }
  const exact = affected.versions.find((listed) => listed === version || isSame(scheme, listed, version));
  return exact === undefined ? null : { range: `= ${exact}`, fixVersion: null };
}

function isSame(scheme: VersionScheme, listed: string, version: string): boolean {
  return scheme.isVersion(listed) && scheme.isVersion(version) && scheme.compare(listed, version) === 0;
}

function findStretch(stretches: readonly Stretch[], against: (bound: string) => number): Hit | null {
  for (const { since, end, hit } of stretches) {
    if (since !== beginning && against(since) < 0) return null;
    if (end === null) return hit;
    const order = against(end.version);
    if (end.kind === "fixed" ? order < 0 : order <= 0) return hit;
  }
  return null;
}

/** `introduced: "0"` means from the first version on, whatever the ecosystem thinks of the text "0". */
const beginning = "0";

/** Stretches of ranges that were asked about before; the same advisory is asked about for every resource. */
const knownStretches = new WeakMap<AffectedRange, readonly Stretch[]>();

function stretchesOf(range: AffectedRange, scheme: VersionScheme): readonly Stretch[] {
  const known = knownStretches.get(range);
  if (known !== undefined) return known;
  const stretches = toStretches(stepsOf(range, scheme));
  knownStretches.set(range, stretches);
  return stretches;
}

function toStretches(steps: readonly Step[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let since: string | null = null;
  for (const step of steps) {
    if (step.kind === "introduced") since ??= step.version;
    else if (since !== null) {
      stretches.push(toStretch(since, step));
      since = null;
    }
  }
  return since === null ? stretches : [...stretches, toStretch(since, null)];
}

function toStretch(since: string, end: Step | null): Stretch {
  return { since, end, hit: { range: rangeText(since, end), fixVersion: end?.kind === "fixed" ? end.version : null } };
}

const rank = { fixed: 0, introduced: 1, lastAffected: 2 } as const;

/** Events in the order of their versions; at the same version a fix closes before an introduction opens. */
function stepsOf({ events }: AffectedRange, scheme: VersionScheme): readonly Step[] {
  const order = (left: Step, right: Step) => orderStarts(left, right, scheme) || rank[left.kind] - rank[right.kind];
  return events.flatMap(toStep).toSorted(order);
}

function orderStarts(left: Step, right: Step, scheme: VersionScheme): number {
  const leftStart = left.kind === "introduced" && left.version === beginning;
  const rightStart = right.kind === "introduced" && right.version === beginning;
  if (leftStart || rightStart) return Number(rightStart) - Number(leftStart);
  return scheme.compare(left.version, right.version);
}

function toStep(event: RangeEvent): readonly Step[] {
  if (event.introduced !== undefined) return [{ kind: "introduced", version: event.introduced }];
  if (event.fixed !== undefined) return [{ kind: "fixed", version: event.fixed }];
  return event.lastAffected === undefined ? [] : [{ kind: "lastAffected", version: event.lastAffected }];
}

function rangeText(since: string, end: Step | null): string {
  const from = since === beginning ? "" : `>= ${since}`;
  const to = end === null ? "" : `${end.kind === "fixed" ? "<" : "<="} ${end.version}`;
  return [from, to].filter((part) => part !== "").join(", ") || "all versions";
}

/** A fix in version "0" is how a vendor says that nothing was ever affected. */
export function isNeverAffected({ ranges, versions }: Pick<Affected, "ranges" | "versions">): boolean {
  return (
    versions.length === 0 &&
    ranges.length > 0 &&
    ranges.every(({ events }) => events.some((event) => event.fixed === "0"))
  );
}
