import { gzipSync } from "node:zlib";
import { createServer } from "node:http";
import { writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { factsOf, feedFolder, intelligenceCtx, osvLine, vulnerabilityCtx } from "../fixture/vulnerability-fixture.ts";
import { findCves } from "./find-cves.ts";
import { getIntelligenceStatus } from "./get-intelligence-status.ts";
import { importAdvisories } from "./import-advisories.ts";
import { loadStarter } from "./load-starter.ts";

let db: TestDatabase;
let folder: ReturnType<typeof feedFolder>;
beforeAll(async () => {
  db = await testDatabase();
  folder = feedFolder({
    "npm.osv.jsonl.gz": [
      osvLine("GHSA-1", ["npm", "left", "2.0.0"], { aliases: ["CVE-2025-0001"] }),
      osvLine("GHSA-2", ["npm", "right", "3.0.0"]),
    ],
    "kev.jsonl.gz": [JSON.stringify({ cve: "CVE-2025-0001", vendor: "left", date_added: "2025-06-02" })],
    "epss.csv.gz": ["cve,epss,percentile", "CVE-2025-0001,0.5,0.9"],
    "cvss.tsv.gz": [
      "#cve\tpublished",
      "CVE-2025-0001\t2025-06-01\tCVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\t9.8\tadp\t\t",
    ],
    "poc.tsv.gz": ["#cve\tpoc", "CVE-2025-0001\t1\t2"],
  });
});
afterAll(async () => {
  folder.remove();
  await db.drop();
});

const location = () => ({ location: folder.path, force: false });
const names = async () =>
  (await db.ownerQuery<{ id: string }>("select id from vulnerabilities_advisory order by id")).map(({ id }) => id);

describe("importAdvisories", () => {
  test("refuses without permission", async () => {
    await expect(importAdvisories(intelligenceCtx(db, ["vulnerabilities.write"]), location())).rejects.toThrow(
      /operations\.write/,
    );
  });

  test("takes in every file and tells each project once", async () => {
    const scope = await db.newProject();
    const report = await importAdvisories(intelligenceCtx(db), location());
    expect(report.files.map(({ file, outcome, records }) => [file, outcome, records])).toEqual([
      ["cvss.tsv.gz", "imported", 1],
      ["epss.csv.gz", "imported", 1],
      ["kev.jsonl.gz", "imported", 1],
      ["poc.tsv.gz", "imported", 1],
      ["npm.osv.jsonl.gz", "imported", 2],
    ]);
    expect(await factsOf(db, scope, "vulnerabilities.advisories-changed")).toEqual([{ revision: report.revision }]);
    const ctx = vulnerabilityCtx(db, scope);
    expect(await getIntelligenceStatus(ctx)).toMatchObject({
      revision: report.revision,
      advisories: 2,
      packages: 2,
      onlyStarter: false,
    });
    expect(await findCves(ctx, { id: "cve-2025", limit: 10 })).toEqual([
      expect.objectContaining({
        cve: "CVE-2025-0001",
        cvss: 9.8,
        knownExploited: true,
        epss: 0.5,
        packages: [{ ecosystem: "npm", packageName: "left" }],
      }),
    ]);
  });

  test("running it twice changes nothing more", async () => {
    const before = await importAdvisories(intelligenceCtx(db), location());
    const again = await importAdvisories(intelligenceCtx(db), location());
    expect(again.revision).toBe(before.revision);
    expect(again.files.every(({ outcome }) => outcome === "unchanged")).toBe(true);
  });

  test("notes only the packages about which a new file says something else", async () => {
    folder.write("npm.osv.jsonl.gz", [
      osvLine("GHSA-1", ["npm", "left", "2.0.1"], { aliases: ["CVE-2025-0001"] }),
      osvLine("GHSA-2", ["npm", "right", "3.0.0"], { modified: "2025-07-01T00:00:00Z" }),
    ]);
    const { revision, files } = await importAdvisories(intelligenceCtx(db), location());
    expect(files.find(({ outcome }) => outcome === "imported")).toMatchObject({
      file: "npm.osv.jsonl.gz",
      changedPackages: 1,
    });
    expect(
      await db.ownerQuery("select ecosystem, name from vulnerabilities_change where revision = $1", [revision]),
    ).toEqual([{ ecosystem: "npm", name: "left" }]);
  });

  test.for([
    ["a record without an id", "{}", /npm\.osv\.jsonl\.gz, line 2: .*id/],
    ["text that is no JSON", "{oops", /line 2: .*JSON/],
    [
      "a record without an event",
      osvLine("GHSA-9", ["npm", "left", "1"]).replace('{"fixed":"1"}', "{}"),
      /line 2: .*event/,
    ],
  ] as const)("refuses a file with %s, by name and line, and keeps what it said before", async ([, line, problem]) => {
    const before = await names();
    folder.write("npm.osv.jsonl.gz", [osvLine("GHSA-3", ["npm", "new", "1.0.0"]), line]);
    const { files } = await importAdvisories(intelligenceCtx(db), location());
    const refused = files.find(({ outcome }) => outcome === "refused");
    expect(refused?.problem).toMatch(problem);
    expect(await names()).toEqual(before);
    const { sources } = await getIntelligenceStatus(vulnerabilityCtx(db, await db.newProject()));
    expect(sources.find(({ file }) => file === "npm.osv.jsonl.gz")?.problem).toBe(refused?.problem);
  });

  test("refuses a file that is cut short or empty", async () => {
    const before = await names();
    const packed = gzipSync(
      Array.from({ length: 50 }, (_, index) => osvLine(`GHSA-${index}`, ["npm", `p${index}`, "1.0.0"])).join("\n"),
    );
    writeFileSync(join(folder.path, "npm.osv.jsonl.gz"), packed.subarray(0, packed.length - 20));
    expect((await importAdvisories(intelligenceCtx(db), location())).files.at(-1)?.problem).toMatch(
      /cannot be unpacked/,
    );
    folder.write("npm.osv.jsonl.gz", [""]);
    expect((await importAdvisories(intelligenceCtx(db), location())).files.at(-1)?.problem).toMatch(/no record/);
    expect(await names()).toEqual(before);
  });

  test("removes what a file no longer says", async () => {
    folder.write("npm.osv.jsonl.gz", [osvLine("GHSA-2", ["npm", "right", "3.0.0"])]);
    const report = await importAdvisories(intelligenceCtx(db), location());
    expect(await names()).toEqual(["GHSA-2"]);
    expect(
      await db.ownerQuery("select name from vulnerabilities_change where revision = $1", [report.revision]),
    ).toEqual([{ name: "left" }]);
  });

  test("refuses a location that holds no feed", async () => {
    await expect(importAdvisories(intelligenceCtx(db), { location: "/nowhere", force: false })).rejects.toThrow(
      /nowhere.*cannot be read/,
    );
    await expect(importAdvisories(intelligenceCtx(db), { location: "ftp://x/y", force: false })).rejects.toThrow(
      /http/,
    );
  });
});

test("an address is read like a folder: every feed file that its page names", async () => {
  const body = gzipSync(osvLine("CVE-2025-0007", ["npm", "far", "1.0.0"]));
  const server = createServer((request, answer) => {
    if (request.url === "/feeds/") answer.end('<a href="far.osv.jsonl.gz">far</a> <a href="readme.txt">x</a>');
    else if (request.url === "/feeds/far.osv.jsonl.gz") answer.end(body);
    else answer.writeHead(302, { location: "http://169.254.169.254/" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a listening TCP server has one
  const base = `http://127.0.0.1:${port}`;
  const report = await importAdvisories(intelligenceCtx(db), { location: `${base}/feeds/`, force: false });
  expect(report.files).toEqual([{ file: "far.osv.jsonl.gz", outcome: "imported", records: 1, changedPackages: 1 }]);
  await expect(
    importAdvisories(intelligenceCtx(db), { location: `${base}/moved.osv.jsonl.gz`, force: false }),
  ).rejects.toThrow(/127\.0\.0\.1/);
  await new Promise((resolve) => server.close(resolve));
});

test("the built-in set is there until a feed says the same, and stays where no feed does", async () => {
  const fresh = await testDatabase();
  const ctx = intelligenceCtx(fresh);
  await loadStarter(ctx);
  await loadStarter(ctx);
  const scope = await fresh.newProject();
  expect(await getIntelligenceStatus(vulnerabilityCtx(fresh, scope))).toMatchObject({ onlyStarter: true, revision: 1 });
  const feed = feedFolder({
    "npm.osv.jsonl.gz": [osvLine("GHSA-jf85-cpcp-j695", ["npm", "lodash", "4.17.12"], { aliases: ["CVE-2019-10744"] })],
  });
  await importAdvisories(ctx, { location: feed.path, force: false });
  const rows = await fresh.ownerQuery<{ name: string }>(
    "select package_name as name from vulnerabilities_affected where file = 'starter'",
  );
  expect(rows.map(({ name }) => name)).not.toContain("lodash");
  expect(rows.map(({ name }) => name)).toContain("org.apache.logging.log4j:log4j-core");
  feed.remove();
  await fresh.drop();
});
