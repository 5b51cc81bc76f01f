import type { ProjectScope } from "@rampart/kernel";
import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ListFindings, ListImpactedResources, ListTopCves } from "../contract.ts";
import {
  debian,
  violationsOf,
  feedFolder,
  imageId,
  intelligenceCtx,
  matchingCtx,
  npm,
  osvLine,
  recordPackages,
  vulnerabilityCtx,
} from "../fixture/vulnerability-fixture.ts";
import { explainFinding } from "./explain-finding.ts";
import { forgetResource } from "./forget-resource.ts";
import { getExplorerTotals } from "./get-explorer-totals.ts";
import { importAdvisories } from "./import-advisories.ts";
import { listAudits } from "./list-audits.ts";
import { listFindings } from "./list-findings.ts";
import { listImpactedResources } from "./list-impacted-resources.ts";
import { listResourceSummaries } from "./list-resource-summaries.ts";
import { listTopCves } from "./list-top-cves.ts";
import { matchResource } from "./match-resource.ts";

let db: TestDatabase;
let feeds: ReturnType<typeof feedFolder>;

const critical = { severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }] };
const base = [osvLine("GHSA-1", ["npm", "left", "2.0.0"], { aliases: ["CVE-2025-0001"], ...critical })];
const image = { resourceKind: "image", resourceId: imageId("a") } as const;

beforeAll(async () => {
  db = await testDatabase();
  feeds = feedFolder({
    "npm.osv.jsonl.gz": base,
    "debian.osv.jsonl.gz": [
      osvLine("DSA-1", ["Debian:12", "openssl", "3.0.9-1"], { upstream: ["CVE-2025-0002", "CVE-2025-0003"] }),
    ],
    "epss.csv.gz": ["CVE-2025-0002,0.25,0.5"],
  });
  await importAdvisories(intelligenceCtx(db), { location: feeds.path, force: false });
});
afterAll(async () => {
  feeds.remove();
  await db.drop();
});

const packages = [
  npm("left", "1.0.0"),
  npm("fine", "1.0.0"),
  debian("libssl3", "3.0.8-1", { sourceName: "openssl" }),
  debian("openssl", "3.0.8-1"),
];

async function matched(letter = "a"): Promise<ProjectScope> {
  const scope = await db.newProject();
  await recordPackages(db, scope, imageId(letter), packages);
  await matchResource(matchingCtx(db, scope), { resourceKind: "image", resourceId: imageId(letter) });
  return scope;
}
const list = (scope: ProjectScope, more: object = {}) =>
  listFindings(vulnerabilityCtx(db, scope), ListFindings.parse(more));
/** Everything the area stores about a project, as the owner sees it. */
const stored = async (scope: ProjectScope) => {
  const tables = ["finding", "match", "cve_summary", "audit"].map((name) => `vulnerabilities_${name}`);
  return Promise.all(
    tables.map((name) => db.ownerQuery(`select * from ${name} where project_id = $1 order by 1, 2`, [scope.projectId])),
  );
};

describe("matchResource", () => {
  test("a distribution of which no advisory speaks is unsupported until one is imported, not clean", async () => {
    const scope = await db.newProject();
    const ecosystem = "Amazon Linux:2023";
    await recordPackages(db, scope, imageId("a"), [debian("bash", "5.2", { ecosystem })]);
    await matchResource(matchingCtx(db, scope), image);
    const unsupported = async () => {
      const asked = { resourceKind: image.resourceKind, resourceIds: [image.resourceId] };
      const [summary] = await listResourceSummaries(vulnerabilityCtx(db, scope), asked);
      return [summary?.total, summary?.unsupportedOs];
    };
    expect(await unsupported()).toEqual([0, true]);
    feeds.write("amazon.osv.jsonl.gz", [osvLine("ALAS-1", [ecosystem, "curl", "8.0"])]);
    await importAdvisories(intelligenceCtx(db), { location: feeds.path, force: false });
    expect(await unsupported()).toEqual([0, false]);
  });

  test("refuses without permission", async () => {
    const scope = await db.newProject();
    const ctx = { ...matchingCtx(db, scope), require: vulnerabilityCtx(db, scope, ["vulnerabilities.read"]).require };
    await expect(matchResource(ctx, image)).rejects.toThrow(/vulnerabilities\.write/);
  });

  test("finds what the advisories say, with fix, layer, score and evidence", async () => {
    const scope = await matched();
    const { rows, total } = await list(scope, { ...image, sort: "cve" });
    expect(total).toBe(3);
    expect((await list(scope)).rows[0]?.cve).toBe("CVE-2025-0001");
    expect(
      rows.map(({ cve, severity, packageName, fixVersion, effect, ruleName, epss }) => [
        cve,
        severity,
        packageName,
        fixVersion,
        effect,
        ruleName,
        epss,
      ]),
    ).toEqual([
      ["CVE-2025-0001", "critical", "left", "2.0.0", "alert", "Default - alert all components", null],
      ...["CVE-2025-0002", "CVE-2025-0003"].map((cve) => [
        cve,
        "unknown",
        "openssl",
        "3.0.9-1",
        "alert",
        "Default - alert all components",
        cve.endsWith("2") ? 0.25 : null,
      ]),
    ]);
    const openssl = rows.find(({ cve }) => cve === "CVE-2025-0002");
    expect(openssl).toMatchObject({
      binaryPackages: ["libssl3", "openssl"],
      resourceName: "shop/a:1",
      layer: 0,
      packageVersion: "3.0.8-1",
    });
    const detail = await explainFinding(vulnerabilityCtx(db, scope), { findingId: rows[0]?.id ?? "" });
    expect(detail.evidence).toEqual([
      {
        recordId: "GHSA-1",
        source: "npm.osv.jsonl.gz",
        ecosystem: "npm",
        packageName: "left",
        range: "< 2.0.0",
        comparedVersion: "1.0.0",
      },
    ]);
    expect(detail.riskTerms.reduce((sum, { points }) => sum + points, 0)).toBe(detail.riskScore);
  });

  test("another project sees nothing of it", async () => {
    const mine = await matched();
    const other = await db.newProject();
    const [finding] = (await list(mine)).rows;
    const ctx = vulnerabilityCtx(db, other);
    expect((await list(other)).total).toBe(0);
    await expect(explainFinding(ctx, { findingId: finding?.id ?? "" })).rejects.toThrow(/no finding/);
    expect((await listTopCves(ctx, ListTopCves.parse({}))).total).toBe(0);
    expect(await listResourceSummaries(ctx, { resourceKind: "image", resourceIds: [imageId("a")] })).toEqual([]);
    expect((await listAudits(ctx, { offset: 0, limit: 10, reverse: false })).total).toBe(0);
  });

  test("running it twice changes nothing more and alerts once", async () => {
    const scope = await matched();
    const before = await stored(scope);
    await matchResource(matchingCtx(db, scope), image);
    expect(await stored(scope)).toEqual(before);
    const violations = await violationsOf(db, scope);
    expect(violations).toHaveLength(1);
    expect(violations[0]).toMatchObject({
      resourceName: "shop/a:1",
      effect: "alert",
      findingTotal: 3,
      labels: { team: "shop" },
      counts: { critical: 1, unknown: 2 },
    });
  });

  test("two workers on one image at once leave what one would", async () => {
    const scope = await matched();
    const before = await stored(scope);
    await Promise.all([1, 2, 3].map(() => matchResource(matchingCtx(db, scope), image)));
    expect(await stored(scope)).toEqual(before);
  });

  test("closes what was repaired, keeps the age of what was not, and reports only what is new", async () => {
    const scope = await matched();
    const [before] = (await list(scope, { packageName: "left" })).rows;
    await recordPackages(db, scope, imageId("a"), [
      npm("left", "1.5.0"),
      npm("left2", "1.0.0"),
      debian("openssl", "3.0.9-1"),
    ]);
    await matchResource(matchingCtx(db, scope), image);
    const after = (await list(scope)).rows;
    expect(after).toHaveLength(1);
    expect(after[0]).toMatchObject({ id: before?.id, packageVersion: "1.5.0", firstSeenAt: before?.firstSeenAt });
    expect(await violationsOf(db, scope)).toHaveLength(1);
    expect((await getExplorerTotals(vulnerabilityCtx(db, scope))).cves).toEqual({
      critical: 1,
      high: 0,
      medium: 0,
      low: 0,
      unknown: 0,
    });
  });
});

test("the explorer counts each CVE once, with the resources that carry it", async () => {
  const scope = await matched("a");
  await recordPackages(db, scope, imageId("b"), packages);
  await matchResource(matchingCtx(db, scope), { resourceKind: "image", resourceId: imageId("b") });
  const ctx = vulnerabilityCtx(db, scope);
  const { rows } = await listTopCves(ctx, ListTopCves.parse({}));
  expect(rows.map(({ cve, images, hosts, packages: names }) => [cve, images, hosts, names])).toEqual([
    ["CVE-2025-0001", 2, 0, ["left"]],
    ["CVE-2025-0002", 2, 0, ["openssl"]],
    ["CVE-2025-0003", 2, 0, ["openssl"]],
  ]);
  expect(await listTopCves(ctx, ListTopCves.parse({ severityAtLeast: "high" }))).toMatchObject({ total: 1 });
  expect(await listImpactedResources(ctx, ListImpactedResources.parse({ cve: "CVE-2025-0002" }))).toMatchObject({
    total: 2,
    rows: [{ packages: [{ packageName: "openssl", fixVersion: "3.0.9-1" }] }, {}],
  });
  expect(await getExplorerTotals(ctx)).toMatchObject({
    images: 2,
    impactedImages: { critical: 2 },
    funnel: { total: 3, urgent: 1, fixable: 1, exploited: 0 },
  });

  await forgetResource(ctx, { resourceKind: "image", resourceId: imageId("b") });
  await forgetResource(ctx, { resourceKind: "image", resourceId: imageId("b") });
  expect((await listTopCves(ctx, ListTopCves.parse({}))).rows.map(({ images }) => images)).toEqual([1, 1, 1]);
  expect((await list(scope)).total).toBe(3);
});
