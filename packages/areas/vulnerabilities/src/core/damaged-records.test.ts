import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cvssScores } from "./cvss.ts";
import { BadEntry } from "./feeds/feed-entry.ts";
import { readCveEntry } from "./read-cve-entry.ts";
import { readCveForm } from "./read-cve-form.ts";
import { readRecord } from "./read-record.ts";

const reasonMax = 600;
const millisecondsMax = 500;

/** A text with a part taken out and something else put in. */
function changed(text: string): fc.Arbitrary<string> {
  const put = fc.oneof(
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.constantFrom("\t", ",", '"', "null", "-1", "1e999", "9".repeat(400), "2026-99-99", "__proto__", "/".repeat(500)),
  );
  const where = fc.tuple(fc.nat(text.length), fc.nat(12), put);
  return fc
    .array(where, { minLength: 1, maxLength: 3 })
    .map((changes) => changes.reduce((now, [at, gone, more]) => now.slice(0, at) + more + now.slice(at + gone), text));
}

/** What it read, or null after a refusal in a sentence that fits a page. */
function readOrRefuse<Read>(read: () => Read): Read | null {
  const startedAt = performance.now();
  try {
    return read();
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    expect(String(error).length).toBeLessThan(reasonMax);
    expect(error).not.toBeInstanceOf(TypeError);
    return null;
  } finally {
    expect(performance.now() - startedAt).toBeLessThan(millisecondsMax);
  }
}

const within = (value: number | null | undefined, max: number) =>
  value === null || value === undefined || (value >= 0 && value <= max);

describe("a damaged line of a side table is refused in a sentence, or read within its bounds", () => {
  test.for([
    ["kev", JSON.stringify({ cve: "CVE-2025-0001", dateAdded: "2025-06-01", dueDate: "2025-07-01" })],
    ["epss", "CVE-2025-0001,0.5,0.9"],
    ["poc", "CVE-2025-0001\t3\t4"],
    ["cvss", "CVE-2025-0001\t2025-06-01T00:00:00Z\tCVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\t9.8"],
  ] as const)("%s", ([kind, line]) => {
    expect(readCveEntry(kind, line)).not.toBeNull();
    fc.assert(
      fc.property(changed(line), (text) => {
        const entry = readOrRefuse(() => readCveEntry(kind, text));
        if (entry === null) return;
        expect(entry.cve).toMatch(/^CVE-\d{4}-\d{4,}$/);
        expect([within(entry.epss, 1), within(entry.cvssScore, 10), within(entry.proofs, 2e7)]).toEqual([
          true,
          true,
          true,
        ]);
      }),
      { numRuns: 300 },
    );
  });

  test("as bundles carry it", () => {
    const line = JSON.stringify({
      cve: "CVE-2025-0001",
      epss: 0.5,
      cvssScore: 9.8,
      cwes: ["CWE-79"],
      isRejected: false,
    });
    fc.assert(
      fc.property(changed(line), (text) => {
        try {
          expect(within(readCveForm(text, "line 1").cvssScore, 10)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(BadEntry);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("an OSV record of any values is refused in a sentence, or read as one that matching can use", () => {
  const scalar = fc.oneof(
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.integer(),
    fc.constantFrom(null, true, "0", "1.0.0", "npm", "Debian:12", "CVE-2025-0001", "__proto__", "2025-06-01T00:00:00Z"),
  );
  const keys = ["id", "modified", "published", "withdrawn", "aliases", "upstream", "related", "summary", "severity"];
  const inner = [
    "package",
    "ecosystem",
    "name",
    "ranges",
    "type",
    "events",
    "introduced",
    "fixed",
    "limit",
    "versions",
  ];
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      scalar,
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...inner, "score", "database_specific"), tie("value"), { maxKeys: 4 }),
    ),
  }));

  test("whatever stands in its fields", () => {
    const sound = { id: "GHSA-1", modified: "2025-06-01T00:00:00Z", summary: "s" };
    const range = { type: "ECOSYSTEM", events: [{ introduced: "0" }, { fixed: "1" }] };
    const affected = [{ package: { ecosystem: "npm", name: "left" }, ranges: [range], versions: ["1"] }];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys, "affected"), value), value, (fields, odd) => {
        for (const record of [
          { ...sound, affected, ...fields },
          { ...sound, affected: [{ ...affected[0], ranges: odd }] },
          { ...sound, affected: [{ ...affected[0], package: odd }] },
          odd,
        ]) {
          const read = readOrRefuse(() => readRecord(record, "test"));
          for (const { ecosystem, packageName } of read?.affected ?? [])
            expect([typeof ecosystem, typeof packageName]).toEqual(["string", "string"]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

test("a vector of any text has scores between 0 and 10, or none", () => {
  const vectors = [
    "AV:N/AC:L/Au:N/C:P/I:P/A:P/E:U/RL:OF/RC:C",
    "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H/E:F/RL:W/CR:H",
    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A",
  ];
  fc.assert(
    fc.property(fc.constantFrom(...vectors).chain(changed), (text) => {
      const scores = readOrRefuse(() => cvssScores(text));
      expect(Object.values(scores ?? {}).every((score) => within(score, 10))).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
