import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { JudgeInventory, ListAudits, ListFindings, ListImpactedResources, ListTopCves } from "../contract.ts";
import { imageId, intelligenceCtx, vulnerabilityCtx } from "../fixture/vulnerability-fixture.ts";
import * as verbs from "../index.ts";
import type { VulnerabilityCtx } from "../ports.ts";
import { forgetResource } from "./forget-resource.ts";

let db: TestDatabase;
beforeAll(async () => void (db = await testDatabase()));
afterAll(() => db.drop());

const image = { resourceKind: "image", resourceId: imageId("a") } as const;
const reads: Readonly<Record<string, (ctx: VulnerabilityCtx) => Promise<unknown>>> = {
  listFindings: (ctx) => verbs.listFindings(ctx, ListFindings.parse({})),
  countFindings: (ctx) => verbs.countFindings(ctx, {}),
  explainFinding: (ctx) => verbs.explainFinding(ctx, { findingId: "00000000-0000-7000-8000-000000000001" }),
  listTopCves: (ctx) => verbs.listTopCves(ctx, ListTopCves.parse({})),
  listImpactedResources: (ctx) =>
    verbs.listImpactedResources(ctx, ListImpactedResources.parse({ cve: "CVE-2025-0001" })),
  getExplorerTotals: (ctx) => verbs.getExplorerTotals(ctx),
  listResourceSummaries: (ctx) => verbs.listResourceSummaries(ctx, { resourceKind: "image", resourceIds: [] }),
  describeResources: (ctx) =>
    verbs.describeResources(ctx, { resourceKind: "image", resourceIds: [], withFindings: true }),
  listRiskiestResources: (ctx) => verbs.listRiskiestResources(ctx, { limit: 1 }),
  listAudits: (ctx) => verbs.listAudits(ctx, ListAudits.parse({})),
  getPolicy: (ctx) => verbs.getPolicy(ctx, { policy: "image" }),
  previewPolicy: (ctx) => verbs.previewPolicy(ctx, { policy: "image", rules: [] }),
  getComparison: (ctx) => verbs.getComparison(ctx),
  getIntelligenceStatus: (ctx) => verbs.getIntelligenceStatus(ctx),
  findCves: (ctx) => verbs.findCves(ctx, { id: "CVE", limit: 1 }),
  judgeInventory: (ctx) => verbs.judgeInventory(ctx, JudgeInventory.parse({ name: "x", packages: [] })),
};

describe.for(Object.entries(reads))("%s", ([, read]) => {
  test("refuses without permission", async () => {
    const ctx = vulnerabilityCtx(db, await db.newProject(), ["vulnerabilities.write", "inventory.read"]);
    await expect(read(ctx)).rejects.toThrow(/vulnerabilities\.read/);
  });
});

test("forgetResource and loadStarter refuse without permission", async () => {
  const ctx = vulnerabilityCtx(db, await db.newProject(), ["vulnerabilities.read"]);
  await expect(forgetResource(ctx, image)).rejects.toThrow(/vulnerabilities\.write/);
  await expect(verbs.loadStarter(intelligenceCtx(db, ["vulnerabilities.write"]))).rejects.toThrow(/operations\.write/);
});
