import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  JudgeInventory,
  ListFindings,
  SaveAllowedCves,
  SaveCustomVulnerabilities,
  type PolicyChanged,
} from "../contract.ts";
import type { ProjectScope } from "@rampart/kernel";
import {
  debian,
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
import * as verbs from "../index.ts";
import { reapplyPolicy } from "./reapply-policy.ts";

let db: TestDatabase;
let scope: ProjectScope;
beforeAll(async () => {
  db = await testDatabase();
  const folder = feedFolder({
    "npm.osv.jsonl.gz": [osvLine("GHSA-1", ["npm", "left", "2.0.0"], { aliases: ["CVE-2025-0001"] })],
  });
  await verbs.importAdvisories(intelligenceCtx(db), { location: folder.path, force: false });
  folder.remove();
});
beforeEach(async () => {
  scope = await db.newProject();
});
afterAll(() => db.drop());

const image = { resourceKind: "image", resourceId: imageId("a") } as const;
const custom = SaveCustomVulnerabilities.parse({
  entries: [
    { name: "OURS-1", packageName: "libown", packageType: "os", minVersion: "1.0", maxVersion: "1.5", reason: "ours" },
  ],
});
const allowed = SaveAllowedCves.parse({ entries: [{ cve: "CVE-2025-0001", description: "not reachable" }] });

async function findings() {
  const { rows } = await verbs.listFindings(vulnerabilityCtx(db, scope), ListFindings.parse({}));
  return rows
    .map(({ cve, packageName, effect }) => [cve, packageName, effect])
    .toSorted((a, b) => (String(a) < String(b) ? -1 : 1));
}

/** Runs what saving a list has asked for. */
async function runReapplies() {
  for (const payload of await factsOf<PolicyChanged>(db, scope, "vulnerabilities.policy-changed")) {
    await reapplyPolicy(matchingCtx(db, scope), payload);
  }
}

describe("custom vulnerabilities", () => {
  test("are found in the versions that they name, by the installed name, after the next comparison", async () => {
    const packages = [
      debian("libown", "1.5", { sourceName: "own", sourceVersion: "1.5" }),
      debian("libown-dev", "1.5"),
    ];
    await recordPackages(db, scope, imageId("a"), [...packages, npm("left", "1.0.0")]);
    await verbs.matchResource(matchingCtx(db, scope), image);
    expect(await findings()).toEqual([["CVE-2025-0001", "left", "alert"]]);
    await verbs.saveCustomVulnerabilities(vulnerabilityCtx(db, scope), custom);
    await runReapplies();
    expect(await findings()).toEqual([
      ["CVE-2025-0001", "left", "alert"],
      ["OURS-1", "own", "alert"],
    ]);
    await verbs.saveCustomVulnerabilities(vulnerabilityCtx(db, scope), { entries: [] });
    await runReapplies();
    expect(await findings()).toEqual([["CVE-2025-0001", "left", "alert"]]);
  });

  test.for([
    ["0.9", 0],
    ["1.0", 1],
    ["1.5", 1],
    ["1.6", 0],
  ] as const)("version %s is found %i times", async ([version, count]) => {
    const ctx = vulnerabilityCtx(db, scope);
    await verbs.saveCustomVulnerabilities(ctx, custom);
    const asked = JudgeInventory.parse({ name: "x", packages: [debian("libown", version)] });
    expect((await verbs.judgeInventory(ctx, asked)).findings).toHaveLength(count);
  });
});

describe("the CVE allow list", () => {
  test("beats the rules until its entry expires", async () => {
    await recordPackages(db, scope, imageId("a"), [npm("left", "1.0.0")]);
    await verbs.matchResource(matchingCtx(db, scope), image);
    await verbs.saveAllowedCves(vulnerabilityCtx(db, scope), allowed);
    await runReapplies();
    expect(await findings()).toEqual([["CVE-2025-0001", "left", "ignore"]]);
    const expired = { entries: [{ cve: "CVE-2025-0001", description: "", expiresAt: "2020-01-01T00:00:00.000Z" }] };
    await verbs.saveAllowedCves(vulnerabilityCtx(db, scope), expired);
    await runReapplies();
    expect(await findings()).toEqual([["CVE-2025-0001", "left", "alert"]]);
  });
});

type Ctx = ReturnType<typeof vulnerabilityCtx>;
const lists = {
  "custom vulnerabilities": {
    save: (ctx: Ctx, seenDigest?: string) => verbs.saveCustomVulnerabilities(ctx, { ...custom, seenDigest }),
    read: (ctx: Ctx) => verbs.getCustomVulnerabilities(ctx),
    table: "vulnerabilities_custom",
  },
  "the CVE allow list": {
    save: (ctx: Ctx, seenDigest?: string) => verbs.saveAllowedCves(ctx, { ...allowed, seenDigest }),
    read: (ctx: Ctx) => verbs.getAllowedCves(ctx),
    table: "vulnerabilities_allowed_cve",
  },
} as const;

describe.for(Object.entries(lists))("saving %s", ([, { save, read, table }]) => {
  test("refuses without permission: a reader changes nothing, a stranger reads nothing", async () => {
    await expect(save(vulnerabilityCtx(db, scope, ["vulnerabilities.read"]))).rejects.toThrow(/vulnerabilities\.write/);
    await expect(read(vulnerabilityCtx(db, scope, []))).rejects.toThrow(/vulnerabilities\.read/);
  });

  test("does not see another project", async () => {
    await save(vulnerabilityCtx(db, scope));
    const other = await db.newProject();
    expect((await read(vulnerabilityCtx(db, other))).entries).toEqual([]);
    const rows = await db.database.read(other, (tx) => tx.$queryRawUnsafe<unknown[]>(`select * from ${table}`));
    expect(rows).toEqual([]);
  });

  test("does not overwrite what somebody else has changed since it was looked at", async () => {
    const { digest } = await save(vulnerabilityCtx(db, scope));
    await expect(save(vulnerabilityCtx(db, await db.newProject()), digest)).rejects.toThrow(
      /Somebody else has changed/,
    );
    expect((await read(vulnerabilityCtx(db, scope))).entries).toHaveLength(1);
  });

  test("running it twice changes nothing more", async () => {
    const first = await save(vulnerabilityCtx(db, scope));
    const facts = await factsOf(db, scope, "vulnerabilities.policy-changed");
    expect(await save(vulnerabilityCtx(db, scope))).toEqual(first);
    expect(await factsOf(db, scope, "vulnerabilities.policy-changed")).toEqual(facts);
    expect(first.entries[0]).toMatchObject({ owner: expect.any(String) });
    const audits = await db.ownerQuery("select 1 from audit_entry where project_id = $1", [scope.projectId]);
    expect(audits).toHaveLength(1);
  });
});
