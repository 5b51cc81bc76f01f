import { recordContainerChanges, recordContainers } from "@rampart/inventory";
import { bindInventory } from "@rampart/inventory/bind";
import { permissions, type Permission, type ProjectScope } from "@rampart/kernel";
import { testCaller, testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bindExplaining } from "../bind.ts";
import {
  clock,
  debian,
  feedFolder,
  imageId,
  intelligenceCtx,
  npm,
  osvLine,
  vulnerabilityCtx,
} from "../fixture/vulnerability-fixture.ts";
import { importAdvisories } from "./import-advisories.ts";
import { judgeContainerChanges } from "./judge-container-changes.ts";
import { judgeInventory } from "./judge-inventory.ts";

let db: TestDatabase;
let feeds: ReturnType<typeof feedFolder>;
let scope: ProjectScope;
const host = { id: "00000000-0000-7000-8000-00000000000a", hostname: "node-a" };
const asked = { hostId: host.id, containerId: "1".repeat(64) };
const order = (sequence: number) => ({ at: new Date("2026-01-05T10:00:00Z"), sequence });
const added = [npm("left", "1.0.0"), npm("right", "1.0.0"), debian("openssl", "3.0.8-1")];

beforeAll(async () => {
  db = await testDatabase();
  feeds = feedFolder({
    "npm.osv.jsonl.gz": [osvLine("GHSA-1", ["npm", "left", "2.0.0"], { aliases: ["CVE-2025-0001"] })],
    "debian.osv.jsonl.gz": [
      osvLine("DSA-1", ["Debian:12", "openssl", "3.0.9-1"], { upstream: ["CVE-2025-0002"] }),
      osvLine("DSA-2", ["Debian:12", "tar", "1.35-1"], { upstream: ["CVE-2025-0003"] }),
    ],
  });
  await importAdvisories(intelligenceCtx(db), { location: feeds.path, force: false });
  scope = await db.newProject();
  const inventory = bindInventory(db, scope, testCaller());
  const facts = { imageId: imageId("a"), imageName: "shop/web:1", state: "running", labels: {}, ports: [] } as const;
  const containers = [{ ...facts, id: asked.containerId, name: "web", createdAt: "2026-01-05T09:00:00Z" }];
  await recordContainers(inventory, { host, order: order(1), containers });
  const contents = { containerId: asked.containerId, imageId: imageId("a"), added, removed: [debian("tar", "1.34-1")] };
  await recordContainerChanges(inventory, {
    host,
    order: order(2),
    contents: { ...contents, secrets: [], warnings: [] },
  });
});
afterAll(async () => {
  feeds.remove();
  await db.drop();
});

const explaining = (own: ProjectScope, granted: readonly Permission[] = permissions) =>
  bindExplaining({ database: db.database, clock }, own, testCaller(granted));

describe("judgeContainerChanges", () => {
  test("finds in what was added what a pipeline would find in the same packages, and nothing in what was removed", async () => {
    const judged = await judgeContainerChanges(explaining(scope), asked);
    expect(new Map(judged.findings.map(({ cve, packageName }) => [cve, packageName]))).toEqual(
      new Map([
        ["CVE-2025-0001", "left"],
        ["CVE-2025-0002", "openssl"],
      ]),
    );
    const pipeline = { name: "shop/web:1", tags: [], labels: {}, packages: added };
    expect(judged).toEqual(await judgeInventory(vulnerabilityCtx(db, scope), pipeline));
  });

  test("stores nothing", async () => {
    await judgeContainerChanges(explaining(scope), asked);
    expect(await db.ownerQuery("select 1 from vulnerabilities_finding")).toEqual([]);
  });

  test.for([
    [["inventory.read"], /vulnerabilities\.read/],
    [["vulnerabilities.read"], /inventory\.read/],
    [[], /vulnerabilities\.read/],
  ] as const)("refuses without permission: %j is not enough", async ([granted, reason]) => {
    await expect(judgeContainerChanges(explaining(scope, granted), asked)).rejects.toThrow(reason);
  });

  test("does not see another project", async () => {
    const other = explaining(await db.newProject());
    await expect(judgeContainerChanges(other, asked)).rejects.toThrow(/There is no container/);
  });
});
