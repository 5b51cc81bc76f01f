import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Knowledge } from "./advisory.ts";
import { matchPackage } from "./match-package.ts";
import { affects, lookupIn, npmPackage } from "./samples.ts";
import { touchedFlaws } from "./touched-flaws.ts";

type Given = Readonly<{
  number: number;
  aliases: string[];
  cves: string[];
  fixed: string;
  withdrawn: boolean;
  denied: boolean;
}>;

const found = npmPackage("left", "1.0.0");
const key = { ecosystem: "npm", name: "left" };

const anyRecord = (number: number) =>
  fc.record({
    number: fc.constant(number),
    aliases: fc.subarray(["GHSA-a", "GHSA-b", "X-1", "X-2", "REC-0", "REC-1", "REC-2"], { maxLength: 3 }),
    cves: fc.subarray(["CVE-2025-0001", "CVE-2025-0002", "CVE-2025-0003"], { maxLength: 2 }),
    fixed: fc.constantFrom("0.5.0", "2.0.0", "3.0.0"),
    withdrawn: fc.boolean(),
    denied: fc.nat(9).map((dice) => dice === 0),
  });
const anyState = fc.tuple(...[0, 1, 2, 3].map(anyRecord));

function toRecord({ number, aliases, cves, fixed, withdrawn, denied }: Given): object {
  return {
    id: `REC-${number}`,
    aliases: [...aliases, ...cves].filter((alias) => alias !== `REC-${number}`),
    ...affects("npm", "left", denied ? "0" : fixed),
    ...(withdrawn && { withdrawn: "2025-01-01T00:00:00Z" }),
  };
}

const knownOf = (state: readonly Given[]): readonly Knowledge[] => lookupIn(state.map(toRecord))(key);
const idsOf = (number: number, known: readonly Knowledge[]) =>
  known
    .filter(({ advisory }) => advisory.id === `REC-${number}`)
    .flatMap(({ advisory }) => [advisory.id, ...advisory.aliases, ...advisory.cves]);
const matchesOf = (known: readonly Knowledge[]) =>
  new Map(matchPackage(found, () => known).map((match) => [match.cve, JSON.stringify(match)]));

describe("touchedFlaws", () => {
  test("names every flaw that comes, goes or changes with a record, whatever it was and is called", () => {
    fc.assert(
      fc.property(anyState, fc.nat(3), fc.option(anyRecord(9)), fc.boolean(), (state, at, becomes, wasThere) => {
        const changed = becomes === null ? [] : [{ ...becomes, number: at }];
        const before = knownOf(wasThere ? state : state.filter(({ number }) => number !== at));
        const after = knownOf(state.flatMap((one) => (one.number === at ? changed : [one])));
        const touched = touchedFlaws(after, [...idsOf(at, before), ...idsOf(at, after)]);
        const [old, fresh] = [matchesOf(before), matchesOf(after)];
        const different = [...new Set([...old.keys(), ...fresh.keys()])].filter(
          (cve) => old.get(cve) !== fresh.get(cve),
        );
        expect(different.filter((cve) => !touched.has(cve))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  test("leaves alone the flaws of records that only share a CVE's neighbour", () => {
    const records = [
      { id: "DSA-1", aliases: ["CVE-2025-0001", "CVE-2025-0002"], ...affects("npm", "left", "2.0.0") },
      { id: "DSA-2", aliases: ["CVE-2025-0002", "CVE-2025-0003"], ...affects("npm", "left", "2.0.0") },
    ];
    const touched = touchedFlaws(lookupIn(records)(key), ["DSA-1", "CVE-2025-0001", "CVE-2025-0002"]);
    expect(touched.has("CVE-2025-0003")).toBe(false);
  });
});
