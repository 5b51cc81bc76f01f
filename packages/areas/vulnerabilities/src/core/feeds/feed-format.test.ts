import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readRecord } from "../read-record.ts";
import { BadEntry, type FeedEntry } from "./feed-entry.ts";
import { feedFormats, recognise, type FeedFormat } from "./feed-format.ts";
import type { OsvForm } from "./osv-record.ts";
import { samples } from "./samples.ts";

const asOf = "2031-03-01T00:00:00.000Z";

async function* cut(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function listOf(entries: AsyncIterable<FeedEntry>): Promise<readonly FeedEntry[]> {
  const list: FeedEntry[] = [];
  for await (const entry of entries) list.push(entry);
  return list;
}

async function entriesOf(format: FeedFormat, text: string, size = 100): Promise<readonly FeedEntry[]> {
  const { read } = feedFormats[format];
  if (read === null) throw new Error("needs no conversion");
  return listOf(read({ chunks: cut(text, size), asOf }));
}

function sampleOf(format: FeedFormat, index = 0): string {
  return samples.filter(([name]) => name === format)[index]?.[1] ?? "";
}

async function recordsOf(format: FeedFormat, index = 0): Promise<readonly OsvForm[]> {
  const entries = await entriesOf(format, sampleOf(format, index));
  return entries.flatMap((entry) => ("record" in entry ? [entry.record as OsvForm] : [])); // what converters make
}

/** Package and ecosystem with what is said of it, as one line each. */
function statementsOf(records: readonly OsvForm[]): readonly string[] {
  return records.flatMap(({ id, affected }) =>
    affected.map(({ package: { ecosystem, name }, ranges, database_specific: notes }) => {
      const events = ranges.map(({ events: steps }) =>
        steps.map((step) => Object.entries(step)[0]?.join(" ")).join(", "),
      );
      const words = [notes?.severity, notes?.status].filter((word) => word !== undefined);
      return [id, ecosystem, name, events.join(" | "), ...words].join("; ");
    }),
  );
}

describe("recognise", () => {
  test.for(samples.map(([format, text], index) => [format, index, text] as const))(
    "knows %s (%s) by how it begins",
    ([format, , text]) => expect(recognise(text)).toBe(format),
  );

  test.for([
    ["osv-lines", '{"id":"GHSA-1","modified":"2031-01-01T00:00:00Z","affected":[]}\n{"id":"GHSA-2"'],
    ["kev-lines", '{"cve":"CVE-2031-1001","vendor":"x","date_added":"2031-01-01"}\n'],
    [null, '{"cve":"CVE-2031-1001","match":[{"cpe":"a:x:y","lt":"1.0"}]}\n'],
    ["epss-csv", "#model_version:v2031.03.01,score_date:2031-02-20T00:00:00+0000\ncve,epss,percentile\n"],
    ["epss-csv", "cve,epss,percentile\nCVE-2031-1001,0.1,0.2\n"],
    ["cvss-tsv", "#cve\tpublished\tvector\n"],
    ["poc-tsv", "#cve\tpoc_references\tpoc_github_repos\n"],
    [null, "# Advisories\n\nA text about feeds.\n"],
    [null, '{"name":"package","version":"1.0.0"}\n'],
    [null, "<html><body>update</body></html>"],
    [null, ""],
  ] as const)("says %s of %s", ([format, text]) => expect(recognise(text)).toBe(format));
});

describe("converters", () => {
  test("Debian: each release by its number, fixes, reasons for none, and what was never affected", async () => {
    expect(statementsOf(await recordsOf("debian-tracker"))).toEqual([
      "DEBIAN-CVE-2031-1001; Debian:12; tinyweb; introduced 0, fixed 1.2-3+deb12u1; high",
      "DEBIAN-CVE-2031-1001; Debian:13; tinyweb; introduced 0; not yet assigned; open",
      "DEBIAN-CVE-2031-1002; Debian:12; tinyweb; introduced 0; low; postponed",
      "DEBIAN-CVE-2031-1002; Debian:13; tinyweb; introduced 0, fixed 0; unimportant; unimportant",
      "DEBIAN-CVE-2031-1001; Debian:12; otherlib; introduced 0; end-of-life",
    ]);
  });

  test("Alpine: the last version that repairs a flaw counts", async () => {
    expect(statementsOf(await recordsOf("alpine-secdb"))).toEqual([
      "ALPINE-CVE-2031-1005; Alpine:v3.20; tinyweb; introduced 0, fixed 0",
      "ALPINE-CVE-2031-1001; Alpine:v3.20; tinyweb; introduced 0, fixed 1.2-r1",
      "ALPINE-CVE-2031-1003; Alpine:v3.20; tinyweb; introduced 0, fixed 1.2-r3",
      "ALPINE-CVE-2031-1004; Alpine:v3.20; tinyweb; introduced 0, fixed 1.2-r1",
      "ALPINE-GHSA-aaaa-bbbb-cccc; Alpine:v3.20; tinyweb; introduced 0, fixed 1.2-r1",
    ]);
    expect(statementsOf(await recordsOf("alpine-secdb", 1))).toEqual([
      "WOLFI-CVE-2031-1001; Wolfi; tinyweb; introduced 0, fixed 1.2-r1",
      "WOLFI-GHSA-aaaa-bbbb-cccc; Wolfi; tinyweb; introduced 0, fixed 1.2-r1",
    ]);
  });

  test("Red Hat: fixed, affected with the vendor's reason, not affected; no extended streams, no debug packages", async () => {
    const records = await recordsOf("csaf");
    expect(statementsOf(records)).toEqual([
      "CVE-2031-1001; Red Hat:enterprise_linux:9; tinyweb; introduced 0, fixed 1:1.2-3.el9_4",
      "CVE-2031-1001; Red Hat:enterprise_linux:9; ruby; introduced 3.3, fixed 3.3.5-3.module+el9",
      "CVE-2031-1001; Red Hat:enterprise_linux:8; tinyweb; introduced 0; Will not fix",
      "CVE-2031-1001; Red Hat:enterprise_linux:8; otherlib; introduced 0, fixed 0",
    ]);
    expect(readRecord(records[0], "x")?.advisory).toMatchObject({
      cves: ["CVE-2031-1001"],
      severity: "medium",
      cvssVector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
      publishedAt: "2031-01-01T00:00:00.000Z",
    });
  });

  test("SUSE: what is recommended is the fix, and modules are parts of the server", async () => {
    expect(statementsOf(await recordsOf("csaf", 1))).toEqual([
      "CVE-2031-2001; SUSE:Linux Enterprise Server 15 SP5; libtiny1; introduced 0, fixed 1.2-150500.3.1",
      "CVE-2031-2001; openSUSE:Leap 15.6; tiny-devel; introduced 0; affected",
      "CVE-2031-2001; SUSE:Linux Enterprise Server 15 SP5; tiny-devel; introduced 0, fixed 0",
    ]);
  });

  test("updateinfo and errata: security updates by distribution and release", async () => {
    const records = await recordsOf("updateinfo");
    expect(statementsOf(records)).toEqual([
      "ALAS2023-2031-001; Amazon Linux:2023; tinyweb; introduced 0, fixed 1:1.2-3.amzn2023.0.1",
      "FEDORA-2031-abcdef0123; Fedora:44; tinyweb; introduced 0, fixed 1.3-1.fc44",
    ]);
    expect(records.map(({ upstream }) => upstream)).toEqual([["CVE-2031-1001"], ["CVE-2031-1006"]]);
    expect(readRecord(records[0], "x")?.advisory).toMatchObject({
      severity: "high",
      modifiedAt: "2031-01-03T23:22:00.000Z",
      link: "https://vendor.example/ALAS2023-2031-001",
    });
    expect(statementsOf(await recordsOf("alma-errata"))).toEqual([
      "ALSA-2031:1001; AlmaLinux:8; tinyweb; introduced 0, fixed 1.2-3.module_el8.6.0+1+ab",
    ]);
  });

  test("NVD, KEV and Exploit-DB: what they say of a CVE", async () => {
    const said = async (format: FeedFormat) =>
      (await entriesOf(format, sampleOf(format))).map((entry) => ("cve" in entry ? entry.cve : null));
    expect(await said("nvd")).toEqual([
      {
        cve: "CVE-2031-1001",
        nvdVector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
        nvdScore: 7.5,
        nvdPublishedAt: "2031-01-01T13:15:08.503Z",
        cwes: ["CWE-120"],
        isRejected: false,
      },
      expect.objectContaining({ cve: "CVE-2031-1099", nvdScore: null, isRejected: true }),
    ]);
    expect(await said("kev-catalogue")).toEqual([
      expect.objectContaining({ cve: "CVE-2031-1001", kev: expect.objectContaining({ ransomware: true }) }),
    ]);
    expect(await said("exploit-db")).toEqual([{ cve: "CVE-2031-1001", exploits: 2 }]);
  });

  test("every record that a converter makes is one that import takes", async () => {
    for (const [format, text] of samples) {
      for (const entry of await entriesOf(format, text)) {
        if ("record" in entry) expect(readRecord(entry.record, "x")?.affected.length).toBeGreaterThan(0);
      }
    }
  });

  test("what comes out does not depend on where the text was cut", async () => {
    for (const [format, text] of samples) {
      const whole = await entriesOf(format, text, text.length);
      for (const size of [1, 13, 64]) expect(await entriesOf(format, text, size)).toEqual(whole);
    }
  });
});

/** Replaces, cuts and repeats parts of a text, as broken transfers and broken publishers do. */
const damage = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    gone: fc.nat(40),
    put: fc.oneof(
      fc.constantFrom(
        "{",
        "}",
        "[",
        "]",
        '"',
        ",",
        ":",
        "null",
        "0",
        "-1e999",
        "\\",
        "\u0000",
        "<",
        "</update>",
        "<update ",
        "&#1114112;",
      ),
      fc.string({ maxLength: 5 }),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

describe("damaged feeds", () => {
  test.for(samples)("%s is refused or read, and never worse", async ([format, text]) => {
    await fc.assert(
      fc.asyncProperty(damage, fc.integer({ min: 1, max: 2_000 }), async (damages, size) => {
        const damaged = damages.reduce((broken, { at, gone, put }) => {
          const from = Math.floor(at * broken.length);
          return broken.slice(0, from) + put + broken.slice(from + gone);
        }, text);
        try {
          for (const entry of await entriesOf(format, damaged, size)) {
            if (!("record" in entry)) continue;
            // A record that import would refuse is fine too: it names itself.
            try {
              readRecord(entry.record, "x");
            } catch (error) {
              expect(error).toHaveProperty("message");
            }
          }
        } catch (error) {
          expect(error).toBeInstanceOf(BadEntry);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("an XML text that declares entities is refused", async () => {
    const bomb =
      '<!DOCTYPE updates [<!ENTITY a "aaaa">]><updates><update type="security"><id>&a;</id></update></updates>';
    await expect(entriesOf("updateinfo", bomb)).rejects.toThrow(/document type/);
  });

  test("an entry without end is refused before it fills the memory", async () => {
    async function* endless(): AsyncGenerator<string> {
      yield '{"vulnerabilities":[{"cveID":"';
      for (;;) yield "A".repeat(1024 * 1024);
    }
    const { read } = feedFormats["kev-catalogue"];
    await expect(listOf(read({ chunks: endless(), asOf }))).rejects.toThrow(/too long/);
  });
});
