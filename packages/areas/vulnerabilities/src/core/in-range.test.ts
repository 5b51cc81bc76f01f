import { describe, expect, test } from "vitest";
import type { Affected, RangeEvent } from "./advisory.ts";
import { findRange, isNeverAffected } from "./in-range.ts";

function affected(ecosystem: string, ...ranges: readonly (readonly RangeEvent[])[]): Affected {
  return {
    advisoryId: "A",
    source: "test",
    ecosystem,
    packageName: "p",
    ranges: ranges.map((events) => ({ type: "ECOSYSTEM", events })),
    versions: [],
    isNeverAffected: false,
  };
}
const from0 = { introduced: "0" };

describe("findRange", () => {
  test.for([
    ["one below the fix is affected", "npm", "4.17.11", "< 4.17.12"],
    ["the fix itself is not", "npm", "4.17.12", null],
    ["a pre-release of the fix is affected", "npm", "4.17.12-rc.1", "< 4.17.12"],
    ["Debian's rules decide for Debian", "Debian:12", "4.17.12~rc1-1", "< 4.17.12"],
  ] as const)("%s", ([, ecosystem, version, range]) => {
    expect(findRange(affected(ecosystem, [from0, { fixed: "4.17.12" }]), version)?.range ?? null).toBe(range);
  });

  test("events are read in the order of their versions, however they are written", () => {
    const mixed = affected("PyPI", [{ fixed: "3.0" }, { introduced: "2.0" }, { fixed: "1.5" }, from0]);
    expect(
      ["1.4", "1.5", "1.9", "2.0", "2.9", "3.0"].map((version) => findRange(mixed, version)?.range ?? null),
    ).toEqual(["< 1.5", null, null, ">= 2.0, < 3.0", ">= 2.0, < 3.0", null]);
  });

  test("one of several ranges is enough", () => {
    const two = affected("Maven", [from0, { fixed: "1.0" }], [{ introduced: "2.0" }, { fixed: "2.1" }]);
    expect(findRange(two, "2.0.5")).toEqual({ range: ">= 2.0, < 2.1", fixVersion: "2.1" });
    expect(findRange(two, "1.5")).toBeNull();
  });

  test("a last affected version is itself affected, and names no fix", () => {
    const last = affected("npm", [from0, { lastAffected: "2.0.0" }]);
    expect(findRange(last, "2.0.0")).toEqual({ range: "<= 2.0.0", fixVersion: null });
    expect(findRange(last, "2.0.1")).toBeNull();
  });

  test("without an end, everything since the introduction is affected", () => {
    expect(findRange(affected("Go", [{ introduced: "1.2.0" }]), "v1.9.0")).toEqual({
      range: ">= 1.2.0",
      fixVersion: null,
    });
  });

  test("text that is no version of the ecosystem is in no range", () => {
    expect(findRange(affected("npm", [from0, { fixed: "9.0.0" }]), "github:owner/name")).toBeNull();
  });

  test("listed versions count where there are no ranges", () => {
    const listed = { ...affected("PyPI"), versions: ["1.0", "1.1"] };
    expect(findRange(listed, "1.0.0")?.range).toBe("= 1.0");
    expect(findRange(listed, "1.2")).toBeNull();
  });
});

test("a fix in version 0 states that nothing was ever affected", () => {
  expect(isNeverAffected(affected("Alpine:v3.18", [from0, { fixed: "0" }]))).toBe(true);
  expect(isNeverAffected(affected("Alpine:v3.18", [from0, { fixed: "1.0-r0" }]))).toBe(false);
});
