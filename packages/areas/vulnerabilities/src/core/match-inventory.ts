import type { InventoryPackage } from "@rampart/inspection/contract";
import { leftOutPackagesMax, type LeftOut, type LeftOutReason } from "../contract/left-out.ts";
import { explainLeftOut, leftOutReason } from "./leave-out.ts";
import { matchPackage, type Lookup, type Match } from "./match-package.ts";
import { comparedAs } from "./package-key.ts";
import { prepareKnowledge } from "./prepare-knowledge.ts";
import { versionSchemeOf } from "./versions/version-scheme-of.ts";

/** Binary packages of one source that a finding lists by name. */
export const binaryPackagesMax = 50;

/** One package as findings speak of it: binary packages of the same source and version are one. */
export type MatchedPackage = Readonly<{
  name: string;
  version: string;
  found: InventoryPackage;
  /** Names of what is installed from it, when that is not just `name`. */
  binaryPackages: readonly string[];
  matches: readonly Match[];
}>;

/** Everything the advisories say about a resource's packages; those without a match are not in it. */
export function matchInventory(packages: readonly InventoryPackage[], lookup: Lookup): readonly MatchedPackage[] {
  const groups = Map.groupBy(packages, groupOf);
  return [...groups.values()].flatMap((members) => {
    const [found] = members;
    if (found === undefined || reasonOf(members) !== null) return [];
    const matches = matchPackage(found, lookup);
    if (matches.length === 0) return [];
    const { name, version } = found.kind === "os" ? comparedAs(found) : found;
    const binaries = [...new Set(members.map((member) => member.name))].toSorted();
    const binaryPackages = binaries.length === 1 && binaries[0] === name ? [] : binaries.slice(0, binaryPackagesMax);
    return [{ name, version, found: lowestLayer(members, found), binaryPackages, matches }];
  });
}

/** Flaws of which `matchInventory` makes no finding, although records of them name a package. */
export function leftOutOf(packages: readonly InventoryPackage[], lookup: Lookup): readonly LeftOut[] {
  const unjudged = new Map<LeftOutReason, Unjudged[]>();
  for (const members of Map.groupBy(packages, groupOf).values()) {
    const reason = reasonOf(members) ?? (isUnreadable(members[0]) ? "unreadable-version" : null);
    const count = reason === null ? 0 : countFlaws(members[0], reason, lookup);
    if (reason === null || count === 0) continue;
    const names = members.map(({ name }) => name);
    unjudged.set(reason, [...(unjudged.get(reason) ?? []), { names, count }]);
  }
  return [...unjudged].map(([reason, ofReason]) => toLeftOut(reason, ofReason));
}

type Unjudged = Readonly<{ names: readonly string[]; count: number }>;

/** Whether `leftOutOf` may have something to say about a package. */
export function mayBeLeftOut(found: InventoryPackage): boolean {
  return leftOutReason(found) !== null || isUnreadable(found);
}

function isUnreadable(found: InventoryPackage | undefined): boolean {
  if (found === undefined || found.ownedByOs === true) return false;
  const { ecosystem, version } = comparedAs(found);
  return !versionSchemeOf(ecosystem).isVersion(version);
}

/** What nobody can run is compared all the same; of what cannot be compared every flaw is open. */
function countFlaws(found: InventoryPackage | undefined, reason: LeftOutReason, lookup: Lookup): number {
  if (found === undefined) return 0;
  const matches = matchPackage(found, lookup).length;
  if (reason !== "unreadable-version") return matches;
  const { flaws } = prepareKnowledge(lookup(comparedAs(found)));
  return flaws.reduce((sum, { cves }) => sum + cves.length, 0) - matches;
}

function toLeftOut(reason: LeftOutReason, unjudged: readonly Unjudged[]): LeftOut {
  const findings = unjudged.reduce((sum, { count }) => sum + count, 0);
  const packages = [...new Set(unjudged.flatMap(({ names }) => names))].toSorted().slice(0, leftOutPackagesMax);
  const count = `${findings} ${findings === 1 ? "flaw is" : "flaws are"}`;
  return { reason, sentence: `${count} left out, because ${explainLeftOut(reason)}.`, findings, packages };
}

/** Why a whole group is left out: a source of which one installed part can run is compared. */
function reasonOf(members: readonly InventoryPackage[]): LeftOutReason | null {
  const [first] = members;
  if (first === undefined) return null;
  return members.every((member) => leftOutReason(member) !== null) ? leftOutReason(first) : null;
}

/** OS packages are told apart by source, language packages by the place where they lie. */
function groupOf(found: InventoryPackage): string {
  const { ecosystem, name, version } = comparedAs(found);
  const place = found.kind === "os" ? "" : (found.path ?? "");
  return [ecosystem, name, version, place, found.ownedByOs === true ? "os" : ""].join("\u0000");
}

/** The layer that first brought the package is the one to change. */
function lowestLayer(members: readonly InventoryPackage[], first: InventoryPackage): InventoryPackage {
  return members.reduce(
    (lowest, member) => ((member.layer ?? Infinity) < (lowest.layer ?? Infinity) ? member : lowest),
    first,
  );
}
