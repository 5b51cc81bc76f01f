import { readFilter } from "@rampart/ui/core/filter-words";
import { expect, test } from "vitest";
import { askedFlaw } from "./asked-flaw.ts";
import { findingFields } from "./finding-list.ts";

test.for([
  ["CVE-2021-44228", "CVE-2021-44228"],
  ["cve:cve-2021-44228", "cve-2021-44228"],
  ["GHSA-jfh8-c2jp-5v3q", "GHSA-jfh8-c2jp-5v3q"],
  ["DSA-5532-1 severity:high", "DSA-5532-1"],
  ["openssl", null],
  ["severity:critical", null],
  ["CVE-2021-44228 log4j", null],
  ["CVE-2021-44228 cve:CVE-2021-45046", null],
  ["", null],
] as const)("a search for %j asks for the flaw %j", ([typed, id]) => {
  expect(askedFlaw(readFilter(typed, findingFields))).toBe(id);
});
