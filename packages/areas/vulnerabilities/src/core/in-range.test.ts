import { describe, expect, test } from "vitest";
import type { Affected, RangeEvent } from "./advisory.ts";
import { isNeverAffected } from "./in-range.ts";
import { matchPackage } from "./match-package.ts";

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
const advisory = { id: "A", source: "test", modifiedAt: "2025-01-01T00:00:00Z", summary: "", aliases: [], cves: [] };

/** The range that covers a version, and the fix that ends it. */
function findRange(record: Affected, version: string): { range: string; fixVersion: string | null } | null {
  const found = { name: "p", version, kind: "nodejs", ecosystem: record.ecosystem, purl: "" } as const;
  const [match] = matchPackage(found, () => [{ advisory, affected: record }]);
  return match === undefined ? null : { range: match.evidence[0]?.range ?? "", fixVersion: match.fixVersion };
}

describe("a range", () => {
  test.for([
    ["covers what is below the fix", "npm", "4.17.11", "< 4.17.12"],
    ["does not cover the fix itself", "npm", "4.17.12", null],
    ["covers a pre-release of the fix", "npm", "4.17.12-rc.1", "< 4.17.12"],
    ["is read by Debian's rules for Debian", "Debian:12", "4.17.12~rc1-1", "< 4.17.12"],
  ] as const)("%s", ([, ecosystem, version, range]) => {
    expect(findRange(affected(ecosystem, [from0, { fixed: "4.17.12" }]), version)?.range ?? null).toBe(range);
  });

  test("is read in the order of its versions, however they are written", () => {
    const mixed = affected("PyPI", [{ fixed: "3.0" }, { introduced: "2.0" }, { fixed: "1.5" }, from0]);
    expect(
      ["1.4", "1.5", "1.9", "2.0", "2.9", "3.0"].map((version) => findRange(mixed, version)?.range ?? null),
    ).toEqual(["< 1.5", null, null, ">= 2.0, < 3.0", ">= 2.0, < 3.0", null]);
  });

  test("is one of several of which one is enough", () => {
    const two = affected("Maven", [from0, { fixed: "1.0" }], [{ introduced: "2.0" }, { fixed: "2.1" }]);
    expect(findRange(two, "2.0.5")).toEqual({ range: ">= 2.0, < 2.1", fixVersion: "2.1" });
    expect(findRange(two, "1.5")).toBeNull();
  });

  test("covers its last affected version, and then names no fix", () => {
    const last = affected("npm", [from0, { lastAffected: "2.0.0" }]);
    expect(findRange(last, "2.0.0")).toEqual({ range: "<= 2.0.0", fixVersion: null });
    expect(findRange(last, "2.0.1")).toBeNull();
  });

  test("without an end covers everything since the introduction", () => {
    expect(findRange(affected("Go", [{ introduced: "1.2.0" }]), "v1.9.0")).toEqual({
      range: ">= 1.2.0",
      fixVersion: null,
    });
  });

  test("never covers text that is no version of the ecosystem", () => {
    expect(findRange(affected("npm", [from0, { fixed: "9.0.0" }]), "github:owner/name")).toBeNull();
  });

  test("gives way to listed versions where there are no ranges, in any spelling", () => {
    const listed = { ...affected("PyPI"), versions: ["1.0", "1.1", "snapshot of May"] };
    expect(findRange(listed, "1.0.0")?.range).toBe("= 1.0");
    expect(findRange(listed, "snapshot of May")?.range).toBe("= snapshot of May");
    expect(findRange(listed, "1.2")).toBeNull();
    expect(findRange(listed, "snapshot of June")).toBeNull();
  });
});

test("a fix in version 0 states that nothing was ever affected", () => {
  expect(isNeverAffected(affected("Alpine:v3.18", [from0, { fixed: "0" }]))).toBe(true);
  expect(isNeverAffected(affected("Alpine:v3.18", [from0, { fixed: "1.0-r0" }]))).toBe(false);
});
