import type { ProjectScope } from "@rampart/kernel";
import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { everything, ListFindings, type PolicyRule } from "../contract.ts";
import { defaultRule } from "../core/order-rules.ts";
import {
  clock,
  factsOf,
  feedFolder,
  imageId,
  intelligenceCtx,
  matchingCtx,
  npm,
  osvLine,
  recordPackages,
  vulnerabilityCtx,
} from "../fixture/vulnerability-fixture.ts";
import { getPolicy } from "./get-policy.ts";
import { importAdvisories } from "./import-advisories.ts";
import { listAudits } from "./list-audits.ts";
import { listFindings } from "./list-findings.ts";
import { matchResource } from "./match-resource.ts";
import { previewPolicy } from "./preview-policy.ts";
import { reapplyPolicy } from "./reapply-policy.ts";
import { savePolicy } from "./save-policy.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  const feeds = feedFolder({
    "npm.osv.jsonl.gz": [
      osvLine("GHSA-1", ["npm", "left", "2.0.0"], {
        aliases: ["CVE-2025-0001"],
        database_specific: { severity: "HIGH" },
      }),
    ],
  });
  await importAdvisories(intelligenceCtx(db), { location: feeds.path, force: false });
  feeds.remove();
});
afterAll(() => db.drop());

const rule = (name: string, more: Partial<PolicyRule>): PolicyRule => ({
  ...defaultRule,
  id: "00000000-0000-7000-8000-0000000000b1",
  name,
  ...more,
});
const blocking = rule("stop", { blockFrom: "high" });

describe("savePolicy", () => {
  test("refuses without permission", async () => {
    const ctx = vulnerabilityCtx(db, await db.newProject(), ["vulnerabilities.read"]);
    await expect(savePolicy(ctx, { policy: "image", rules: [] })).rejects.toThrow(/vulnerabilities\.write/);
  });

  test("another project keeps the rules it had", async () => {
    const other = vulnerabilityCtx(db, await db.newProject());
    await savePolicy(vulnerabilityCtx(db, await db.newProject()), { policy: "image", revision: 0, rules: [blocking] });
    expect(await getPolicy(other, { policy: "image" })).toMatchObject({
      revision: 0,
      rules: [{ name: defaultRule.name, sentence: "Alert on all findings in everything" }],
    });
  });

  test("running it twice changes nothing more", async () => {
    const scope = await db.newProject();
    const ctx = vulnerabilityCtx(db, scope);
    await savePolicy(ctx, { policy: "image", rules: [blocking] });
    await savePolicy(ctx, { policy: "image", rules: [blocking] });
    expect((await getPolicy(ctx, { policy: "image" })).revision).toBe(1);
    expect(await factsOf(db, scope, "vulnerabilities.policy-changed")).toEqual([{ policy: "image", revision: 1 }]);
    const entries = await db.ownerQuery("select action from audit_entry where project_id = $1", [scope.projectId]);
    expect(entries).toEqual([{ action: "vulnerabilities.policy.saved" }]);
  });

  test("refuses to overwrite what somebody else saved meanwhile", async () => {
    const ctx = vulnerabilityCtx(db, await db.newProject());
    await savePolicy(ctx, { policy: "image", revision: 0, rules: [blocking] });
    await expect(savePolicy(ctx, { policy: "image", revision: 0, rules: [] })).rejects.toThrow(
      /tester has changed this policy/,
    );
    const race = await Promise.allSettled(
      [1, 2].map((_, index) => savePolicy(ctx, { policy: "image", revision: 1, rules: [rule(`r${index}`, {})] })),
    );
    expect(race.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("a changed policy", () => {
  async function matched(): Promise<ProjectScope> {
    const scope = await db.newProject();
    await recordPackages(db, scope, imageId("a"), [npm("left", "1.0.0")]);
    await matchResource(matchingCtx(db, scope), { resourceKind: "image", resourceId: imageId("a") });
    return scope;
  }

  test("is previewed with the decision that saving brings, and saves nothing", async () => {
    const scope = await matched();
    const ctx = vulnerabilityCtx(db, scope);
    const preview = await previewPolicy(ctx, { policy: "image", rules: [blocking] });
    expect(preview).toMatchObject({
      resources: 1,
      findings: 1,
      partial: false,
      blocked: 1,
      resourcesBlocked: 1,
      rules: [{ ruleName: "stop", blocked: 1 }],
      examples: [{ effect: "block", effectNow: "alert" }],
    });
    expect((await getPolicy(ctx, { policy: "image" })).revision).toBe(0);
    await savePolicy(ctx, { policy: "image", rules: [blocking] });
    await reapplyPolicy(matchingCtx(db, scope), { policy: "image", revision: 1 });
    expect((await listFindings(ctx, ListFindings.parse({}))).rows).toMatchObject([
      { effect: "block", ruleName: "stop" },
    ]);
  });

  test("reports a finding once for each rule that decides about it, and stays silent where it is ignored", async () => {
    const scope = await matched();
    const ctx = vulnerabilityCtx(db, scope);
    await savePolicy(ctx, {
      policy: "image",
      rules: [rule("quiet", { alertFrom: null }), { ...defaultRule, collections: [everything] }],
    });
    await reapplyPolicy(matchingCtx(db, scope), { policy: "image", revision: 1 });
    clock.advance(60_000);
    await savePolicy(ctx, { policy: "image", rules: [blocking] });
    await reapplyPolicy(matchingCtx(db, scope), { policy: "image", revision: 2 });
    await reapplyPolicy(matchingCtx(db, scope), { policy: "image", revision: 2 });
    const { rows } = await listAudits(ctx, { offset: 0, limit: 10, reverse: true });
    expect(rows.map(({ ruleName, effect }) => [ruleName, effect])).toEqual([
      [defaultRule.name, "alert"],
      ["stop", "block"],
    ]);
    expect(await getPolicy(ctx, { policy: "image" })).toMatchObject({ rules: [{ name: "stop", hits: 1 }] });
  });
});
