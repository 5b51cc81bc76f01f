import type { InventoryPackage } from "@rampart/inspection/contract";
import type { MatchedPackage } from "./match-inventory.ts";
import type { Match } from "./match-package.ts";
import { comparedAs, keyText, type PackageKey } from "./package-key.ts";
import type { StoredMatch } from "./plan-findings.ts";

/** Matches that are remembered; the packages of a large project's images have fewer. Beyond it everything is forgotten. */
const matchesMax = 50_000;
/** A grade knows whether a flaw is recent, so it is not kept for much longer than this. */
const keptMs = 3_600_000;

/** The packages of one resource that advisories speak of under one name, which are judged together. */
export type PackageGroup = Readonly<{ id: string; key: PackageKey; members: readonly InventoryPackage[] }>;

/** What was found out about packages for one state of the advisories: any number of resources hold the same ones. */
export type MatchMemo = Readonly<{
  groupsOf(packages: readonly InventoryPackage[]): readonly PackageGroup[];
  get(group: PackageGroup): readonly MatchedPackage[] | undefined;
  put(group: PackageGroup, matched: readonly MatchedPackage[]): void;
  graded: WeakMap<Match, StoredMatch>;
}>;

/** Gives the memory for a revision of the advisories; what was remembered of another one is forgotten. */
export type MatchMemory = (revision: number, now: Date) => MatchMemo;

export function matchMemory(): MatchMemory {
  let state = "";
  let memo = emptyMemo();
  return (revision, now) => {
    const asked = `${revision} ${Math.floor(now.getTime() / keptMs)}`;
    if (asked !== state) memo = emptyMemo();
    state = asked;
    return memo;
  };
}

function emptyMemo(): MatchMemo {
  const numbers = packageNumbers();
  const found = new Map<string, readonly MatchedPackage[]>();
  let size = 0;
  return {
    groupsOf: (packages) =>
      [...Map.groupBy(packages, (held) => keyText(comparedAs(held))).values()].flatMap((members) => {
        const [first] = members;
        return first === undefined ? [] : [{ id: members.map(numbers).join(), key: comparedAs(first), members }];
      }),
    get: ({ id }) => found.get(id),
    put({ id }, matched) {
      size += matched.reduce((sum, { matches }) => sum + matches.length, 1);
      if (size > matchesMax) {
        found.clear();
        size = matched.length + 1;
      }
      found.set(id, matched);
    },
    graded: new WeakMap(),
  };
}

/** Equal packages have equal numbers. */
function packageNumbers(): (found: InventoryPackage) => number {
  const ofObject = new WeakMap<InventoryPackage, number>();
  const ofText = new Map<string, number>();
  let last = 0;
  return (found) => {
    const known = ofObject.get(found);
    if (known !== undefined) return known;
    const text = JSON.stringify(found);
    const number = ofText.get(text) ?? (last += 1);
    if (ofText.size > matchesMax) ofText.clear();
    ofText.set(text, number);
    ofObject.set(found, number);
    return number;
  };
}
