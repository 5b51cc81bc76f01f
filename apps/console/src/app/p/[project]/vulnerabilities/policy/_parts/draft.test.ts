import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changesBetween, type DraftRule, moved, withRule } from "./draft.ts";

function rule(id: string, change: Partial<DraftRule> = {}): DraftRule {
  return {
    id,
    name: `rule ${id}`,
    notes: "",
    enabled: true,
    collections: [],
    alertFrom: "low",
    blockFrom: null,
    onlyFixed: false,
    graceDays: 0,
    exceptions: [],
    riskFactorEffects: [],
    packageKindThresholds: [],
    blockMessage: "",
    sentence: `says ${id}`,
    hits: 0,
    shadowedBy: null,
    ...change,
  };
}

const three = [rule("a"), rule("b"), rule("c")];

describe("changesBetween", () => {
  test("an untouched draft changes nothing", () => {
    expect(changesBetween(three, three)).toEqual([]);
  });

  test("names what is added, removed and changed with both sentences", () => {
    const after = [rule("d"), rule("b", { blockFrom: "critical", sentence: "blocks" }), rule("c")];
    expect(changesBetween(three, after)).toEqual([
      { what: "removed", name: "rule a", before: "says a" },
      { what: "added", name: "rule d", after: "says d" },
      { what: "changed", name: "rule b", before: "says b", after: "blocks" },
    ]);
  });

  test("what the server counts is not a change of the rule", () => {
    expect(changesBetween([rule("a")], [rule("a", { hits: 9, shadowedBy: "x" })])).toEqual([]);
  });

  test("a different order is always told", () => {
    fc.assert(
      fc.property(fc.nat(2), fc.nat(2), (from, to) => {
        const changes = changesBetween(three, moved(three, from, to));
        return from === to ? changes.length === 0 : changes.length > 0 && changes.every(({ what }) => what === "moved");
      }),
    );
  });
});

test("a new rule goes on top, where it decides first; a changed one keeps its place", () => {
  expect(withRule(three, rule("d")).map(({ id }) => id)).toEqual(["d", "a", "b", "c"]);
  expect(withRule(three, rule("b", { name: "new" }))[1]?.name).toBe("new");
});

test("moving beyond an end leaves the list as it is", () => {
  expect(moved(three, 0, -1)).toBe(three);
  expect(moved(three, 2, 3)).toBe(three);
});
