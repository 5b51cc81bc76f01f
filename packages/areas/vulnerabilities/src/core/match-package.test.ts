import type { InventoryPackage } from "@rampart/inspection/contract";
import { describe, expect, test } from "vitest";
import { gradeMatch } from "./grade-match.ts";
import { leftOutOf, matchInventory } from "./match-inventory.ts";
import { matchPackage } from "./match-package.ts";
import { readRecord } from "./read-record.ts";
import { affects, lookupIn, npmPackage, osPackage } from "./samples.ts";
import { starterRecords, starterSource } from "./starter.data.ts";

const now = new Date("2026-01-05T00:00:00Z");

function npm(version: string, more: Partial<InventoryPackage> = {}): InventoryPackage {
  return npmPackage("left", version, more);
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

  test("a range that GitHub ends beside it, without a fix, ends there", () => {
    const open = (last: string) => ({
      id: "GHSA-aaaa",
      affected: [
        {
          package: { ecosystem: "npm", name: "left" },
          ranges: [{ type: "SEMVER", events: [{ introduced: "1.0.0" }] }],
          database_specific: { last_known_affected_version_range: last },
        },
      ],
    });
    const ranges = (last: string, version: string) =>
      matchPackage(npm(version), lookupIn([open(last)])).map(({ evidence: [only] }) => only?.range);
    expect(ranges("<= 2.4.1", "2.4.1")).toEqual([">= 1.0.0, <= 2.4.1"]);
    expect(ranges("<= 2.4.1", "2.4.2")).toEqual([]);
    expect(ranges("< 2.4.1", "2.4.1")).toEqual([]);
    expect(ranges("<= 2.4.1, != 2.0.0", "9.0.0")).toEqual([">= 1.0.0"]);
  });

  test("ids that lead to a CVE over other records are that CVE; two CVEs that share an id stay two", () => {
    const lookup = lookupIn([
      { id: "RETIRE-1", aliases: ["NSWG-1"], ...left("1.0.1") },
      { id: "NSWG-1", aliases: ["GHSA-aaaa"], ...left("1.0.2") },
      { id: "GHSA-aaaa", aliases: ["CVE-2024-1000"], ...left("1.0.3") },
      { id: "CVE-2024-1001", aliases: ["GHSA-aaaa"], ...left("1.0.4") },
      { id: "OTHER-1", aliases: ["GHSA-bbbb"], ...left("1.0.5") },
      { id: "OTHER-2", aliases: ["OTHER-1"], ...left("1.0.6") },
    ]);
    expect(matchPackage(npm("1.0.0"), lookup).map(({ cve, fixVersion }) => [cve, fixVersion])).toEqual([
      ["CVE-2024-1000", "1.0.3"],
      ["CVE-2024-1001", "1.0.4"],
      ["GHSA-bbbb", "1.0.6"],
    ]);
  });

  test("a record of a rejected CVE and the vendor's word for `not affected` count as what they say", () => {
    const rejected = { id: "CVE-2024-1000", summary: "** REJECT ** Do not use this id.", ...left("2.0.0") };
    expect(matchPackage(npm("1.0.0"), lookupIn([rejected]))).toEqual([]);
    const note = { status: "not_affected" };
    const denied = { id: "A", aliases: ["CVE-2024-1000"], database_specific: note, ...affects("Wolfi", "x", "3-r0") };
    const said = { id: "B", aliases: ["CVE-2024-1000"], ...affects("Wolfi", "x", "3-r0") };
    expect(matchPackage(osPackage("Wolfi", "x", "1-r0"), lookupIn([said, denied]))).toEqual([]);
  });

  test("a fix of one stream of a module is no finding of another stream or of the plain package", () => {
    const fix = (id: string, stream: string, fixed: string) => ({
      id,
      related: [`CVE-2024-${id.slice(-4)}`],
      summary: `Important: nodejs:${stream} security update`,
      ...affects("AlmaLinux:8", "nodejs", fixed),
    });
    const lookup = lookupIn([
      fix("ALSA-2024:1016", "16", "1:16.20.2-4.module_el8.9.0+3744+f4d4e1d8"),
      fix("ALSA-2024:1018", "18", "1:18.20.2-1.module_el8.9.0+3808+abc"),
    ]);
    const node = (version: string, purl: string) => osPackage("AlmaLinux:8", "nodejs", version, { purl });
    const cves = (found: InventoryPackage) => matchPackage(found, lookup).map(({ cve }) => cve);
    const old16 = "1:16.14.0-1.module_el8.5.0+1+a";
    expect(cves(node(old16, "pkg:rpm/almalinux/nodejs?rpmmod=nodejs:16"))).toEqual(["CVE-2024-1016"]);
    expect(cves(node(old16, "pkg:rpm/almalinux/nodejs?arch=x86_64&rpmmod=nodejs%3A18"))).toEqual(["CVE-2024-1018"]);
    expect(cves(node(old16, ""))).toEqual(["CVE-2024-1016", "CVE-2024-1018"]);
    expect(cves(node("1:16.14.0-1.el8", ""))).toEqual([]);
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

test("a signed kernel is compared as the kernel that the advisories name, by the version of that source", () => {
  const record = { id: "DSA-1-1", upstream: ["CVE-2024-1000"], ...affects("Debian:12", "linux", "6.1.176-1") };
  const cves = (version: string, sourceVersion: string) => {
    const signed = { sourceName: "linux-signed-amd64", sourceVersion };
    const image = osPackage("Debian:12", "linux-image-6.1.0-49-amd64", version, signed);
    return matchInventory([image], lookupIn([record])).map(({ name, version: shown }) => [name, shown]);
  };
  expect(cves("6.1.170-1", "6.1.170+1")).toEqual([["linux", "6.1.170-1"]]);
  expect(cves("6.1.176-1", "6.1.176+1")).toEqual([]);
});

test("headers, documentation and debug symbols are counted but left out, unless something of the source can run", () => {
  const lookup = lookupIn([
    { id: "DSA-1-1", upstream: ["CVE-2024-1000", "CVE-2024-1001"], ...affects("Debian:12", "linux", "6.1.90-1") },
    { id: "DSA-2-1", upstream: ["CVE-2024-1002"], ...affects("Debian:12", "curl", "8.0-1") },
  ]);
  const of = (sourceName: string, name: string) => osPackage("Debian:12", name, "6.1.1-1", { sourceName });
  const headers = [
    of("linux", "linux-libc-dev"),
    of("linux", "linux-headers-6.1.0-1-amd64"),
    of("curl", "libcurl4-doc"),
  ];
  expect(matchInventory(headers, lookup)).toEqual([]);
  expect(leftOutOf(headers, lookup)).toMatchObject([
    { reason: "kernel-headers", findings: 2, packages: ["linux-headers-6.1.0-1-amd64", "linux-libc-dev"] },
    { reason: "documentation", findings: 1, packages: ["libcurl4-doc"] },
  ]);
  expect(leftOutOf(headers, lookup)[0]?.sentence).toMatch(/^2 flaws are left out, because kernel headers are/);
  const withKernel = [...headers, of("linux", "linux-image-6.1.0-1-amd64")];
  expect(matchInventory(withKernel, lookup).flatMap(({ matches }) => matches)).toHaveLength(2);
  expect(leftOutOf(withKernel, lookup).map(({ reason }) => reason)).toEqual(["documentation"]);
});

test("a version that cannot be compared is no all-clear: its flaws are counted as not judged", () => {
  const lookup = lookupIn([
    { id: "CVE-2024-1000", ...left("2.0.0") },
    { id: "CVE-2024-1001", ...left("3.0.0") },
    { id: "CVE-2024-1002", withdrawn: "2024-02-01T00:00:00Z", ...left("3.0.0") },
  ]);
  expect(leftOutOf([npm("github:owner/left"), npm("1.0.0", { path: "b" })], lookup)).toMatchObject([
    { reason: "unreadable-version", findings: 2, packages: ["left"] },
  ]);
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
    severitySource: "CVSS: CVE-2024-1000",
    cvss: 9.8,
    riskScore: 59 + 15 + 3 + 2 + 2,
  });
  expect(grade([{ ...record, database_specific: { severity: "LOW" } }])).toMatchObject({
    severity: "low",
    severitySource: "vendor: CVE-2024-1000",
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
