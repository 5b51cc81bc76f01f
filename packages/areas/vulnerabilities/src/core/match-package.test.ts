import type { InventoryPackage } from "@rampart/inspection/contract";
import { describe, expect, test } from "vitest";
import type { Knowledge } from "./advisory.ts";
import { gradeMatch } from "./grade-match.ts";
import { matchInventory } from "./match-inventory.ts";
import { matchPackage, type Lookup } from "./match-package.ts";
import { keyText } from "./package-key.ts";
import { readRecord } from "./read-record.ts";
import { starterRecords, starterSource } from "./starter.data.ts";

const now = new Date("2026-01-05T00:00:00Z");

function lookupIn(records: readonly object[]): Lookup {
  const index = new Map<string, Knowledge[]>();
  for (const record of records) {
    const read = readRecord({ modified: "2024-01-01T00:00:00Z", ...record }, "test");
    for (const affected of read?.affected ?? []) {
      const key = keyText({ ecosystem: affected.ecosystem, name: affected.packageName });
      if (read !== null) index.set(key, [...(index.get(key) ?? []), { advisory: read.advisory, affected }]);
    }
  }
  return (key) => index.get(keyText(key)) ?? [];
}

function affects(ecosystem: string, name: string, fixed: string) {
  return {
    affected: [
      { package: { ecosystem, name }, ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }, { fixed }] }] },
    ],
  };
}
function npm(version: string, more: Partial<InventoryPackage> = {}): InventoryPackage {
  return { name: "left", version, kind: "nodejs", ecosystem: "npm", purl: `pkg:npm/left@${version}`, ...more };
}
const left = (fixed: string) => affects("npm", "left", fixed);

describe("matchPackage", () => {
  test("records of several sources about one CVE become one match with all evidence and the newest fix", () => {
    const lookup = lookupIn([
      { id: "GHSA-aaaa", aliases: ["CVE-2024-1000"], ...left("1.1.0") },
      { id: "NSWG-ECO-1", ...left("1.0.5") },
      { id: "CVE-2024-1000", aliases: ["NSWG-ECO-1"], ...left("1.2.0") },
    ]);
    const matches = matchPackage(npm("1.0.0"), lookup);
    expect(matches).toHaveLength(1);
    expect(matches[0]).toMatchObject({ cve: "CVE-2024-1000", fixVersion: "1.2.0" });
    expect(matches[0]?.evidence.map(({ recordId }) => recordId)).toEqual(["GHSA-aaaa", "NSWG-ECO-1", "CVE-2024-1000"]);
  });

  test("a notice about several CVEs gives a match for each", () => {
    const lookup = lookupIn([
      { id: "DSA-1-1", upstream: ["CVE-2024-1000", "CVE-2024-1001"], ...affects("Debian:12", "src", "2-1") },
    ]);
    const found: InventoryPackage = {
      name: "lib",
      version: "1-1",
      kind: "os",
      ecosystem: "Debian:12",
      sourceName: "src",
      purl: "",
    };
    expect(matchPackage(found, lookup).map(({ cve }) => cve)).toEqual(["CVE-2024-1000", "CVE-2024-1001"]);
  });

  test("the vendor's word that nothing was ever affected silences other records", () => {
    const lookup = lookupIn([
      { id: "A", aliases: ["CVE-2024-1000"], ...affects("Wolfi", "x", "3-r0") },
      { id: "B", aliases: ["CVE-2024-1000"], ...affects("Wolfi", "x", "0") },
    ]);
    expect(matchPackage({ name: "x", version: "1-r0", kind: "os", ecosystem: "Wolfi", purl: "" }, lookup)).toEqual([]);
  });

  test("a withdrawn record and a package that the distribution owns match nothing", () => {
    const record = { id: "CVE-2024-1000", ...left("2.0.0") };
    expect(matchPackage(npm("1.0.0"), lookupIn([{ ...record, withdrawn: "2024-02-01T00:00:00Z" }]))).toEqual([]);
    expect(matchPackage(npm("1.0.0", { ownedByOs: true }), lookupIn([record]))).toEqual([]);
  });

  test("names meet whatever their spelling, where the registry ignores it", () => {
    const lookup = lookupIn([{ id: "CVE-2024-1000", ...affects("PyPI", "Zope.Interface", "9.0") }]);
    const found: InventoryPackage = {
      name: "zope_interface",
      version: "5",
      kind: "python",
      ecosystem: "PyPI",
      purl: "",
    };
    expect(matchPackage(found, lookup)).toHaveLength(1);
  });
});

test("binary packages of one source are one finding that names them", () => {
  const lookup = lookupIn([{ id: "CVE-2024-1000", ...affects("Debian:12", "openssl", "3.0.9-1") }]);
  const binary = (name: string, layer: number): InventoryPackage => ({
    name,
    version: "3.0.8-1",
    kind: "os",
    ecosystem: "Debian:12",
    sourceName: "openssl",
    purl: "",
    layer,
  });
  const [only, ...others] = matchInventory([binary("openssl", 2), binary("libssl3", 0)], lookup);
  expect(others).toEqual([]);
  expect(only).toMatchObject({ name: "openssl", binaryPackages: ["libssl3", "openssl"], found: { layer: 0 } });
});

test("the vendor's severity counts before the score, and the score is computed from the vector", () => {
  const record = {
    id: "CVE-2024-1000",
    severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }],
    ...left("2.0.0"),
  };
  const grade = (records: readonly object[]) => {
    const [match] = matchPackage(npm("1.0.0"), lookupIn(records));
    return match === undefined ? undefined : gradeMatch(match, { proofs: 2, knownExploited: true }, now);
  };
  expect(grade([record])).toMatchObject({
    severity: "critical",
    severitySource: "cvss",
    cvss: 9.8,
    riskScore: 59 + 15 + 3 + 2 + 2,
  });
  expect(grade([{ ...record, database_specific: { severity: "LOW" } }])).toMatchObject({
    severity: "low",
    severitySource: "vendor",
    cvss: 9.8,
  });
});

test("the starter set reads without complaint and finds Log4Shell in a log4j-core of its day", () => {
  const lookup = lookupIn(starterRecords as object[]); // the data file gives plain objects
  expect(starterRecords.every((record) => readRecord(record, starterSource) !== null)).toBe(true);
  const found: InventoryPackage = {
    name: "org.apache.logging.log4j:log4j-core",
    version: "2.14.1",
    kind: "jar",
    ecosystem: "Maven",
    purl: "",
  };
  expect(matchPackage(found, lookup).map(({ cve, fixVersion }) => [cve, fixVersion])).toEqual([
    ["CVE-2021-44228", "2.15.0"],
    ["CVE-2021-45046", "2.16.0"],
  ]);
});
