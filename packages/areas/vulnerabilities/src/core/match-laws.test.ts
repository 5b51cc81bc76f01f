import fc from "fast-check";
import { expect, test } from "vitest";
import type { Advisory, Affected, Knowledge, RangeEvent } from "./advisory.ts";
import { explainMatch } from "./explain-match.ts";
import { matchPackage } from "./match-package.ts";
import { npmPackage } from "./samples.ts";
import { compareVersions, versionSchemeOf } from "./versions/version-scheme-of.ts";

const version = fc.oneof(
  fc
    .tuple(fc.nat(2), fc.nat(2), fc.constantFrom("", "-rc.1", "-rc.2", "+build"))
    .map(([a, b, rest]) => `${a}.${b}.0${rest}`),
  fc.constantFrom("0", "banana", "1.0", "v1.0.0"),
);
const event: fc.Arbitrary<RangeEvent> = fc.oneof(
  fc.constant({ introduced: "0" }),
  version.map((introduced) => ({ introduced })),
  version.map((fixed) => ({ fixed })),
  version.map((lastAffected) => ({ lastAffected })),
);
const flaw = fc.constantFrom("CVE-2024-0001", "CVE-2024-0002", "GHSA-aaaa", "GHSA-bbbb", "NSWG-1");
const knowledge: fc.Arbitrary<Knowledge> = fc
  .record({
    ids: fc.uniqueArray(flaw, { minLength: 1, maxLength: 3 }),
    ranges: fc.array(fc.array(event, { minLength: 1, maxLength: 5 }), { maxLength: 2 }),
    versions: fc.array(version, { maxLength: 2 }),
    isWithdrawn: fc.boolean(),
    isNeverAffected: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
  })
  .map(({ ids: [id = "", ...rest], ranges, versions, isWithdrawn, isNeverAffected }) => {
    const ids = [id, ...rest];
    const advisory: Advisory = {
      id,
      source: "test",
      modifiedAt: "2025-01-01T00:00:00Z",
      ...(isWithdrawn && { withdrawnAt: "2025-02-01T00:00:00Z" }),
      summary: "",
      aliases: ids.filter((alias) => !alias.startsWith("CVE-") && alias !== id),
      cves: ids.filter((alias) => alias.startsWith("CVE-")),
    };
    const affected: Affected = {
      advisoryId: id,
      source: "test",
      ecosystem: "npm",
      packageName: "left",
      ranges: ranges.map((events) => ({ type: "ECOSYSTEM", events })),
      versions,
      isNeverAffected,
    };
    return { advisory, affected };
  });

/** The rules of the OSV schema, as directly as they can be written. */
function isAffected({ affected }: Knowledge, text: string): boolean {
  const same = (listed: string) => listed === text || compareVersions("npm", listed, text) === 0;
  if (affected.versions.some(same)) return true;
  if (!versionSchemeOf("npm").isVersion(text)) return false;
  return affected.ranges.some(({ events }) => {
    const until = (bound: string) => (bound === "0" ? -1 : compareVersions("npm", bound, text));
    const rank = (one: RangeEvent) => (one.fixed !== undefined ? 0 : one.introduced !== undefined ? 1 : 2);
    const place = (one: RangeEvent) => one.introduced ?? one.fixed ?? one.lastAffected ?? "";
    const isStart = (one: RangeEvent) => one.introduced === "0";
    const ordered = events.toSorted(
      (left, right) =>
        Number(isStart(right)) - Number(isStart(left)) ||
        (isStart(left) ? 0 : compareVersions("npm", place(left), place(right))) ||
        rank(left) - rank(right),
    );
    let isIn = false;
    for (const { introduced, fixed, lastAffected } of ordered) {
      if (introduced !== undefined && until(introduced) <= 0) isIn = true;
      if (fixed !== undefined && compareVersions("npm", fixed, text) <= 0) isIn = false;
      if (lastAffected !== undefined && compareVersions("npm", lastAffected, text) < 0) isIn = false;
    }
    return isIn;
  });
}

test("a package matches exactly those records that the schema's own rules say, and no others", () => {
  fc.assert(
    fc.property(knowledge, version, (known, text) => {
      const isSilent = known.advisory.withdrawnAt !== undefined || known.affected.isNeverAffected;
      const matches = matchPackage(npmPackage("left", text), () => [known]);
      expect(matches.length > 0).toBe(!isSilent && isAffected(known, text));
    }),
    { numRuns: 3_000 },
  );
});

test("what is a finding is explained as affected, and what is explained as affected is a finding", () => {
  fc.assert(
    fc.property(fc.array(knowledge, { maxLength: 6 }), version, (known, text) => {
      const lookup = () => known;
      const found = new Set(matchPackage(npmPackage("left", text), lookup).map(({ cve }) => cve));
      for (const name of new Set(known.flatMap(({ advisory }) => [advisory.id, ...advisory.cves]))) {
        const explained = explainMatch(npmPackage("left", text), name, lookup);
        expect([explained.id, explained.verdict === "affected"]).toEqual([explained.id, found.has(explained.id)]);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("no flaw is found twice in one package, under whatever names its records go", () => {
  fc.assert(
    fc.property(fc.array(knowledge, { maxLength: 8 }), version, (known, text) => {
      const cves = matchPackage(npmPackage("left", text), () => known).map(({ cve }) => cve);
      expect(new Set(cves).size).toBe(cves.length);
    }),
  );
});
