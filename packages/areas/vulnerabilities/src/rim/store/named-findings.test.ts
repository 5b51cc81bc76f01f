import { severities, type ProjectScope } from "@rampart/kernel";
import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ListFindings, type FindingRow } from "../../contract.ts";
import {
  debian,
  feedFolder,
  imageId,
  intelligenceCtx,
  matchingCtx,
  npm,
  osvLine,
  recordPackages,
  vulnerabilityCtx,
} from "../../fixture/vulnerability-fixture.ts";
import { importAdvisories } from "../../verbs/import-advisories.ts";
import { listFindings } from "../../verbs/list-findings.ts";
import { matchResource } from "../../verbs/match-resource.ts";

let db: TestDatabase;
let scope: ProjectScope;
let all: readonly FindingRow[];

const list = async (asked: object) => listFindings(vulnerabilityCtx(db, scope), ListFindings.parse(asked));

beforeAll(async () => {
  db = await testDatabase();
  scope = await db.newProject();
  const graded = (at: number, name: string) =>
    osvLine(`GHSA-${at}`, ["npm", name, "9.0.0"], {
      aliases: [`CVE-2025-${1_000 + at}`],
      database_specific: { severity: ["LOW", "MODERATE", "HIGH", "CRITICAL"][at % 4] },
    });
  const names = ["left", "left-over", "right"];
  const folder = feedFolder({
    "npm.osv.jsonl.gz": Array.from({ length: 15 }, (_, at) => graded(at, names[at % 3] ?? "")),
    "Debian.osv.jsonl.gz": [osvLine("CVE-2025-9999", ["Debian:12", "left", "9.0"])],
  });
  await importAdvisories(intelligenceCtx(db), { location: folder.path, force: false });
  folder.remove();
  for (const letter of ["a", "b", "c"]) {
    const packages = [...names.map((name) => npm(name, "1.0.0")), debian("left", "1.0")];
    await recordPackages(db, scope, imageId(letter), packages);
    await matchResource(matchingCtx(db, scope), { resourceKind: "image", resourceId: imageId(letter) });
  }
  all = (await list({ limit: 250 })).rows;
});
afterAll(() => db.drop());

function inOrder(rows: readonly FindingRow[], sort: "risk" | "severity", reverse: boolean): readonly string[] {
  const rank = (row: FindingRow) => (sort === "risk" ? 0 : severities.indexOf(row.severity)) * 1_000 + row.riskScore;
  const sorted = rows.toSorted((one, two) => rank(two) - rank(one) || (one.id < two.id ? -1 : 1));
  return (reverse ? sorted.toReversed() : sorted).map(({ id }) => id);
}

const cases: readonly (readonly [string, object, (row: FindingRow) => boolean])[] = [
  ["of a package", { packageName: "left" }, (row) => row.packageName === "left"],
  ["with a word in the package", { search: "EFT" }, (row) => row.packageName.includes("eft")],
  ["with a word in the CVE", { search: "2025-101" }, (row) => row.cve.includes("2025-101")],
  [
    "with both and a filter",
    { packageName: "left", search: "cve-2025", severities: ["high"] },
    (row) => row.packageName === "left" && row.severity === "high",
  ],
  ["with signs that stand for others", { search: "%" }, () => false],
  ["of nothing that is there", { packageName: "none" }, () => false],
];

describe.for(cases)("findings %s", ([, asked, fits]) => {
  test.for([
    ["risk", false],
    ["risk", true],
    ["severity", false],
    ["severity", true],
  ] as const)("are all of them, page by page, by %s (reversed: %s)", async ([sort, reverse]) => {
    const expected = inOrder(all.filter(fits), sort, reverse);
    expect((await list({ ...asked, sort, reverse })).total).toBe(expected.length);
    const paged: string[] = [];
    for (let offset = 0; offset <= expected.length; offset += 4) {
      const { rows, total } = await list({ ...asked, sort, reverse, limit: 4, offset });
      expect([rows.length <= 4, total]).toEqual([true, expected.length]);
      paged.push(...rows.map(({ id }) => id));
    }
    expect(paged).toEqual(expected);
  });
});

test("another project finds none of them under the same names", async () => {
  const other = await db.newProject();
  const { rows, total } = await listFindings(vulnerabilityCtx(db, other), ListFindings.parse({ packageName: "left" }));
  expect([rows, total]).toEqual([[], 0]);
});
