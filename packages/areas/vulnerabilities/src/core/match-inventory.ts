import type { InventoryPackage } from "@rampart/inspection/contract";
import { leftOutPackagesMax, type LeftOut, type LeftOutReason } from "../contract/left-out.ts";
import { explainLeftOut, leftOutReason } from "./leave-out.ts";
import { matchPackage, type Lookup, type Match } from "./match-package.ts";
import { comparedAs } from "./package-key.ts";

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
  return matchGroups(packages, lookup, (members) => reasonOf(members) === null);
}

/** The findings that `matchInventory` does not make of packages that bring nothing which could run. */
export function leftOutOf(packages: readonly InventoryPackage[], lookup: Lookup): readonly LeftOut[] {
  const matched = matchGroups(packages, lookup, (members) => reasonOf(members) !== null);
  const byReason = Map.groupBy(matched, ({ found }) => leftOutReason(found));
  return [...byReason].flatMap(([reason, ofReason]) => (reason === null ? [] : [toLeftOut(reason, ofReason)]));
}

function toLeftOut(reason: LeftOutReason, matched: readonly MatchedPackage[]): LeftOut {
  const findings = matched.reduce((sum, { matches }) => sum + matches.length, 0);
  const names = matched.flatMap(({ found, binaryPackages }) => [found.name, ...binaryPackages]);
  const packages = [...new Set(names)].toSorted().slice(0, leftOutPackagesMax);
  const count = `${findings} ${findings === 1 ? "finding is" : "findings are"}`;
  return { reason, sentence: `${count} left out, because ${explainLeftOut(reason)}.`, findings, packages };
}

/** Why a whole group is left out: a source of which one installed part can run is compared. */
function reasonOf(members: readonly InventoryPackage[]): LeftOutReason | null {
  const [first] = members;
  if (first === undefined) return null;
  return members.every((member) => leftOutReason(member) !== null) ? leftOutReason(first) : null;
}

type Members = readonly InventoryPackage[];

function matchGroups(
  packages: Members,
  lookup: Lookup,
  isAsked: (members: Members) => boolean,
): readonly MatchedPackage[] {
  const groups = Map.groupBy(packages, groupOf);
  return [...groups.values()].flatMap((members) => {
    const [found] = members;
    if (found === undefined || !isAsked(members)) return [];
    const matches = matchPackage(found, lookup);
    if (matches.length === 0) return [];
    const { name, version } = found.kind === "os" ? comparedAs(found) : found;
    const binaries = [...new Set(members.map((member) => member.name))].toSorted();
    const binaryPackages = binaries.length === 1 && binaries[0] === name ? [] : binaries.slice(0, binaryPackagesMax);
    return [{ name, version, found: lowestLayer(members, found), binaryPackages, matches }];
  });
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
