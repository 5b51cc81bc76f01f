import { expect, test } from "vitest";
import type { Knowledge } from "./advisory.ts";
import { gradeMatch } from "./grade-match.ts";
import type { Match } from "./match-package.ts";

const now = new Date("2026-11-01T00:00:00Z");

test("a flaw is as old as its CVE, or as the first word about it, not as the repair of a distribution", () => {
  const match = matchOf([publishedOn("2024-09-03T00:00:00.000Z"), publishedOn("2024-07-01T00:00:00.000Z")]);
  expect(gradeMatch(match, { publishedAt: "2024-06-27T00:00:00.000Z" }, now).publishedAt).toMatch(/^2024-06-27/);
  expect(gradeMatch(match, {}, now).publishedAt).toMatch(/^2024-07-01/);
  expect(gradeMatch(matchOf([]), {}, now).publishedAt).toBeNull();
});

function publishedOn(publishedAt: string): Knowledge {
  return {
    advisory: {
      id: "DSA-1",
      source: "Debian",
      modifiedAt: publishedAt,
      publishedAt,
      summary: "",
      aliases: [],
      cves: [],
    },
    affected: {
      advisoryId: "DSA-1",
      source: "Debian",
      ecosystem: "Debian:12",
      packageName: "openssl",
      ranges: [],
      versions: [],
      isNeverAffected: false,
    },
  };
}

function matchOf(advisories: readonly Knowledge[]): Match {
  return { cve: "CVE-2024-5535", aliases: [], advisories, fixVersion: null, status: null, evidence: [] };
}
