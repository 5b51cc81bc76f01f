import fc from "fast-check";
import type { ReportedFinding } from "../scan/reported-finding.ts";
import type { ScanReport } from "../scan/report.ts";
import { sampleFinding, sampleReport } from "./sample-report.ts";

/** What means something to one of the forms, between whatever else an image may call its files. */
const meaningful = ["|", "\n", "\r\n", "\t", "<script>", "</td>", "]]>", "--", "&amp;", '"', "'", "`", "\\", "\u0000"];
const moreMeaningful = [
  "\u001b[2J",
  "\uD800",
  "\uFFFE",
  "\u2028",
  "../",
  "/",
  "%",
  "![x](http://x/)",
  "www.x.org",
  "*a*",
];

export const anyText = fc
  .array(fc.oneof(fc.string({ unit: "binary", maxLength: 6 }), fc.constantFrom(...meaningful, ...moreMeaningful)), {
    maxLength: 8,
  })
  .map((parts) => parts.join(""));

const anyFinding: fc.Arbitrary<ReportedFinding> = fc
  .record({
    cve: anyText,
    severity: fc.constantFrom("unknown", "low", "medium", "high", "critical"),
    cvss: fc.option(fc.double({ min: 0, max: 10, noNaN: true })),
    packageName: anyText,
    packageVersion: anyText,
    path: fc.option(anyText),
    fixVersion: fc.option(anyText),
    status: anyText,
    link: fc.option(
      fc.oneof(
        anyText,
        fc.webUrl(),
        anyText.map((text) => `https://x.org/${text}`),
      ),
    ),
    summary: anyText,
    riskFactors: fc.array(anyText, { maxLength: 3 }),
    effect: fc.constantFrom("ignore", "alert", "block"),
  })
  .map((given) => sampleFinding(given));

/** A report in which whatever others wrote is any text. */
export const anyReport: fc.Arbitrary<ScanReport> = fc
  .record({
    name: anyText,
    ruleName: fc.option(anyText),
    knowledge: anyText,
    sourceFolder: fc.option(anyText),
    findings: fc.array(anyFinding, { maxLength: 6 }),
    passed: fc.boolean(),
  })
  .map((given) => sampleReport(given));
