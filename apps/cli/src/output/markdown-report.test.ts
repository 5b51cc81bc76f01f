import fc from "fast-check";
import { marked } from "marked";
import { describe, expect, test } from "vitest";
import { anyReport } from "../testing/any-report.ts";
import { partialReport, sampleFinding, sampleReport } from "../testing/sample-report.ts";
import { reportAsMarkdown } from "./markdown-report.ts";

const cellsOfRow = 7;
const ours = /^<\/?(h3|p|strong|ul|li|table|thead|tbody|tr|th|td)>$/;

describe("a report as Markdown", () => {
  test("whatever names hold, a finding is one row, and nothing but our own markup and safe links comes out", () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const html = marked.parse(reportAsMarkdown(report, false), { async: false, gfm: true });
        const tags = html.match(/<[^>]*>/g) ?? [];
        const links = tags.filter((tag) => tag.startsWith("<a "));
        expect(tags.filter((tag) => !ours.test(tag) && tag !== "</a>" && !links.includes(tag))).toEqual([]);
        expect(links.every((tag) => /^<a href="https?:\/\/[^"]*">$/.test(tag))).toBe(true);
        expect(links.length).toBeLessThanOrEqual(report.findings.length);
        const cells = html.match(/<td>/g) ?? [];
        expect(cells).toHaveLength(5 + report.findings.length * cellsOfRow);
      }),
      { numRuns: 200 },
    );
  });

  test("a failed gate says what to do about what it blocks", () => {
    const findings = [
      sampleFinding({ effect: "block" }),
      sampleFinding({ effect: "block", cve: "CVE-2020-1", fixVersion: null }),
      sampleFinding({ cve: "CVE-2020-2" }),
    ];
    const text = reportAsMarkdown(sampleReport({ passed: false, findings }), false);
    expect(text).toContain('**Failed**: rule "Command line" blocks 2 of 3 findings.');
    expect(text).toContain("- Update lodash to 4.17.12.");
    expect(text).toContain("- Blocked without a fix: 1.");
    expect(text).toContain("| 3 | 0 | 0 | 0 | 0 |");
  });

  test("an incomplete scan is never shown as passed", () => {
    for (const report of [partialReport(), sampleReport({ uncovered: "Debian:12" })]) {
      const text = reportAsMarkdown(report, false);
      expect(text).toContain("**Incomplete**");
      expect(text).not.toContain("**Passed**");
    }
    expect(reportAsMarkdown(sampleReport(), false)).toContain("**Passed**");
  });

  test("what the policy blocks comes first, and the rest is counted", () => {
    const others = Array.from({ length: 30 }, (_, at) => sampleFinding({ cve: `CVE-2020-${1000 + at}` }));
    const blocked = sampleFinding({ cve: "CVE-2021-1", severity: "low", effect: "block" });
    const text = reportAsMarkdown(sampleReport({ passed: false, findings: [...others, blocked] }), false);
    expect(text.split("\n").find((line) => line.startsWith("| [CVE"))).toContain("CVE-2021-1");
    expect(text).toContain("… and 6 more");
    expect(reportAsMarkdown(sampleReport({ findings: others }), true)).not.toContain("more;");
  });
});
