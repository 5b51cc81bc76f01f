import { describe, expect, test } from "vitest";
import { MatchExplanation } from "../contract/explanation.ts";
import { explainMatch } from "./explain-match.ts";
import { lookupIn, npmPackage, osPackage } from "./samples.ts";

const events = [{ introduced: "1.0.0" }, { fixed: "1.2.0" }, { introduced: "2.0.0" }, { last_affected: "2.1.0" }];
const left = (some: readonly object[]) => ({
  affected: [{ package: { ecosystem: "npm", name: "left" }, ranges: [{ type: "SEMVER", events: some }] }],
});
const lookup = lookupIn([
  { id: "GHSA-aaaa", aliases: ["CVE-2024-1000"], ...left(events) },
  { id: "CVE-2024-1001", withdrawn: "2024-02-02T00:00:00Z", ...left([{ introduced: "0" }]) },
]);

describe("an explanation", () => {
  test.for([
    ["0.9.0", "not-affected", "0.9.0 is older than 1.0.0, where the flaw came in"],
    ["1.1.0", "affected", "1.1.0 is 1.0.0 or newer, where the flaw came in, and 1.1.0 is older than the fix 1.2.0"],
    ["1.2.0", "fixed", "1.2.0 has the fix of 1.2.0"],
    ["2.1.0", "affected", "2.1.0 is not newer than 2.1.0, the last affected version"],
    ["2.2.0", "not-affected", "2.2.0 is newer than 2.1.0, the last affected version"],
    ["git+ssh", "unreadable-version", "no version that could be compared"],
  ] as const)("of version %s says %s and why", ([version, verdict, comparison]) => {
    const explained = explainMatch(npmPackage("left", version), "CVE-2024-1000", lookup);
    expect(explained.verdict).toBe(verdict);
    expect(explained.records).toHaveLength(1);
    expect(explained.records[0]?.comparison).toContain(comparison);
    expect(MatchExplanation.parse(explained)).toEqual(explained);
  });

  test("is found under any id of the flaw, in any case, and names the primary one and the fix", () => {
    const explained = explainMatch(npmPackage("left", "1.0.0"), " ghsa-AAAA", lookup);
    expect(explained).toMatchObject({ id: "CVE-2024-1000", fixVersion: "1.2.0" });
    expect(explained.sentence).toMatch(/Update to 1\.2\.0 or newer\.$/);
  });

  test("tells a withdrawn record, an unknown flaw and an unknown package apart", () => {
    const verdictOf = (name: string, id: string) => explainMatch(npmPackage(name, "1.0.0"), id, lookup);
    expect(verdictOf("left", "CVE-2024-1001").verdict).toBe("withdrawn");
    expect(verdictOf("left", "CVE-2024-9999").sentence).toContain("none of them of CVE-2024-9999");
    expect(verdictOf("right", "CVE-2024-1000").sentence).toContain("look whether its feed is loaded");
  });

  test("tells when nobody compared at all", () => {
    const ofOs = explainMatch(npmPackage("left", "1.0.0", { ownedByOs: true }), "CVE-2024-1000", lookup);
    expect(ofOs.verdict).toBe("owned-by-os");
    const headers = osPackage("Debian:12", "linux-libc-dev", "6.1.1-1", { sourceName: "linux" });
    expect(explainMatch(headers, "CVE-2024-1000", lookup)).toMatchObject({
      verdict: "left-out",
      package: { name: "linux" },
    });
    const gentoo = osPackage("Unsupported:gentoo", "openssl", "3.0");
    expect(explainMatch(gentoo, "CVE-2024-1000", lookup).verdict).toBe("unsupported");
  });

  test("gives the vendor the last word when it says that nothing was ever affected", () => {
    const wolfi = (id: string, fixed: string) => ({
      id,
      aliases: ["CVE-2024-1000"],
      affected: [
        {
          package: { ecosystem: "Wolfi", name: "x" },
          ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }, { fixed }] }],
        },
      ],
    });
    const both = lookupIn([wolfi("A", "3-r0"), wolfi("B", "0")]);
    const explained = explainMatch(osPackage("Wolfi", "x", "1-r0"), "CVE-2024-1000", both);
    expect(explained.verdict).toBe("never-affected");
    expect(explained.records.map(({ verdict }) => verdict)).toEqual(["affected", "never-affected"]);
  });
});
