import type { ProjectScope } from "@rampart/kernel";
import { testCaller, testDatabase, type TestDatabase } from "@rampart/testing";
import type { RestAnswer, RestMethod, RestRoute } from "@rampart/rpc";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  feedFolder,
  imageId,
  intelligenceCtx,
  matchingCtx,
  npm,
  osvLine,
  recordPackages,
  vulnerabilityCtx,
} from "../fixture/vulnerability-fixture.ts";
import { describeResources } from "../verbs/describe-resources.ts";
import { importAdvisories } from "../verbs/import-advisories.ts";
import { matchResource } from "../verbs/match-resource.ts";
import { toScanPart, vulnerabilitiesRest } from "./rest.ts";

let db: TestDatabase;
let scope: ProjectScope;
beforeAll(async () => {
  db = await testDatabase();
  scope = await db.newProject();
  const feeds = feedFolder({
    "npm.osv.jsonl.gz": [
      osvLine("GHSA-1", ["npm", "left", "2.0.0"], {
        aliases: ["CVE-2025-0001"],
        database_specific: { severity: "HIGH" },
      }),
    ],
    "kev.jsonl.gz": [JSON.stringify({ cve: "CVE-2025-0001" })],
  });
  await importAdvisories(intelligenceCtx(db), { location: feeds.path, force: false });
  feeds.remove();
  await recordPackages(db, scope, imageId("a"), [npm("left", "1.0.0")]);
  await matchResource(matchingCtx(db, scope), { resourceKind: "image", resourceId: imageId("a") });
});
afterAll(() => db.drop());

/** Runs a route as the dispatcher does: parsed query and body, an authenticated caller. */
async function ask(
  method: RestMethod,
  path: string,
  given: { query?: object; body?: unknown } = {},
): Promise<RestAnswer> {
  const route = vulnerabilitiesRest.find((one: RestRoute) => one.method === method && one.path === path);
  if (route === undefined) throw new Error(`no route ${method} ${path}`);
  const request = {
    platform: { database: db.database },
    scope,
    caller: testCaller(),
    query: route.query.parse(given.query ?? {}),
    body: route.body?.parse(given.body),
    params: {},
  };
  return route.run(request as unknown as Parameters<RestRoute["run"]>[0]); // the dispatcher's own widening
}

async function value(...asked: Parameters<typeof ask>): Promise<unknown> {
  const answer = await ask(...asked);
  return answer.kind === "json" ? answer.value : answer.kind === "rows" ? answer.rows : answer;
}

describe("GET /stats/vulnerabilities", () => {
  test("answers with one day that has the keys which integrations read unguarded", async () => {
    expect(await value("get", "/stats/vulnerabilities", { query: { limit: "50", offset: "0" } })).toMatchObject([
      {
        images: {
          count: 1,
          cves: { critical: 0, high: 1, medium: 0, low: 0, total: 1 },
          vulnerabilities: [
            {
              cve: "CVE-2025-0001",
              impactedResourceType: "image",
              impactedResourcesCnt: 1,
              impactedPkgs: ["left"],
              highestRiskFactors: {},
            },
          ],
        },
        hosts: { count: 0, vulnerabilities: [] },
      },
    ]);
  });

  test("a threshold and a CVE narrow it", async () => {
    const narrowed = { query: { severityThreshold: "critical", resourceType: "image", cve: "CVE-2025" } };
    expect(await value("get", "/stats/vulnerabilities", narrowed)).toMatchObject([{ images: { vulnerabilities: [] } }]);
  });
});

test("GET /stats/vulnerabilities/impacted-resources names resources and packages", async () => {
  expect(
    await value("get", "/stats/vulnerabilities/impacted-resources", { query: { cve: "CVE-2025-0001" } }),
  ).toMatchObject({
    _id: "CVE-2025-0001",
    images: [{ resourceID: "shop/a:1", packages: [{ package: "left 1.0.0", severity: "high" }], containers: [] }],
    registryImages: [],
    imagesCount: 1,
  });
});

describe("PUT /policies/vulnerability/images", () => {
  const path = "/policies/vulnerability/images";

  test("what was put comes back, and an empty document empties the policy", async () => {
    const rule = {
      name: "stop",
      notes: "n",
      disabled: false,
      collections: [{ name: "shop", images: ["shop/*"], hosts: ["*"], labels: ["*"] }],
      alertThreshold: { value: 4, disabled: false },
      blockThreshold: { value: 9, enabled: true },
      onlyFixed: true,
      graceDays: 0,
      graceDaysPolicy: { enabled: true, low: 1, medium: 2, high: 3, critical: 4 },
      cveRules: [
        {
          id: "CVE-2025-0001",
          effect: "ignore",
          description: "d",
          expiration: { enabled: true, date: "2027-01-01T00:00:00Z" },
        },
      ],
      riskFactorsEffects: [{ riskFactor: "Exploit exists - POC", effect: "alert" }],
      pkgTypesThresholds: [
        { type: "jar", alertThreshold: { value: 7, disabled: false }, blockThreshold: { value: 0, enabled: false } },
      ],
      blockMsg: "ask us",
    };
    expect(await ask("put", path, { body: { _id: "x", policyType: "containerVulnerability", rules: [rule] } })).toEqual(
      { kind: "empty" },
    );
    expect(await value("get", path)).toMatchObject({
      policyType: "containerVulnerability",
      rules: [{ ...rule, effect: "alert, block" }],
    });
    await ask("put", path, { body: {} });
    expect(await value("get", path)).toMatchObject({ rules: [] });
  });

  test("a rule that asks for more than we have is refused as a whole", async () => {
    const body = { rules: [{ name: "x", tags: [{ name: "t", effect: "ignore" }] }] };
    await expect(ask("put", path, { body })).rejects.toThrow(/"tags".*Nothing was saved/);
  });
});

test("GET /statuses/intelligence and GET /cves tell what is loaded", async () => {
  expect(await value("get", "/statuses/intelligence")).toMatchObject({ connected: true });
  expect(await value("get", "/cves", { query: { id: "CVE-2025" } })).toMatchObject([
    { cve: "CVE-2025-0001", exploit: "cisa-kev" },
  ]);
});

test("a scan result gets findings in the shape that integrations know", async () => {
  const asked = { resourceKind: "image" as const, resourceIds: [imageId("a")], withFindings: true };
  const [described] = await describeResources(vulnerabilityCtx(db, scope), asked);
  if (described === undefined) throw new Error("nothing described");
  expect(toScanPart(described, true)).toMatchObject({
    vulnerabilitiesCount: 1,
    vulnerabilityDistribution: { critical: 0, high: 1, medium: 0, low: 0, total: 1 },
    vulnerabilityRiskScore: 10_000,
    vulnerabilities: [
      {
        id: 49,
        cve: "CVE-2025-0001",
        severity: "high",
        status: "fixed in 2.0.0",
        packageName: "left",
        riskFactors: { "Has fix": {} },
        exploit: "cisa-kev",
      },
    ],
  });
  expect(toScanPart(described, false).vulnerabilities).toBeNull();
});
