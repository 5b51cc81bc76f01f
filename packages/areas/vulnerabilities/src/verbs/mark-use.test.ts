import { recordUse } from "@rampart/inventory";
import { bindInventory } from "@rampart/inventory/bind";
import type { ProjectScope } from "@rampart/kernel";
import { testCaller, testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bindExplaining } from "../bind.ts";
import { ListFindings } from "../contract.ts";
import {
  clock,
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
import { explainUse } from "./explain-use.ts";
import { importAdvisories } from "./import-advisories.ts";
import { listFindings } from "./list-findings.ts";
import { markUse } from "./mark-use.ts";
import { matchResource } from "./match-resource.ts";
import { rematch } from "./rematch.ts";

type PackageUse = Parameters<typeof recordUse>[1]["used"][number];

let db: TestDatabase;
let feeds: ReturnType<typeof feedFolder>;
const image = { resourceKind: "image", resourceId: imageId("a") } as const;
const ssl: PackageUse = { package: { is: "os", name: "libssl3" }, evidence: "mapped", processes: ["nginx"] };

beforeAll(async () => {
  db = await testDatabase();
  feeds = feedFolder({
    "npm.osv.jsonl.gz": [osvLine("GHSA-1", ["npm", "left", "2.0.0"], { aliases: ["CVE-2025-0001"] })],
    "debian.osv.jsonl.gz": [osvLine("DSA-1", ["Debian:12", "openssl", "3.0.9-1"], { upstream: ["CVE-2025-0002"] })],
  });
  await importAdvisories(intelligenceCtx(db), { location: feeds.path, force: false });
});
afterAll(async () => {
  feeds.remove();
  await db.drop();
});

const packages = [
  npm("left", "1.0.0"),
  npm("late", "1.0.0"),
  debian("libssl3", "3.0.8-1", { sourceName: "openssl" }),
  debian("openssl", "3.0.8-1"),
];

async function matched(): Promise<ProjectScope> {
  const scope = await db.newProject();
  await recordPackages(db, scope, image.resourceId, packages);
  await matchResource(matchingCtx(db, scope), image);
  return scope;
}

let looks = 0;
async function look(scope: ProjectScope, used: readonly PackageUse[], complete = true): Promise<void> {
  looks += 1;
  // The inventory here goes by the real clock, and forgets what is old.
  const order = { at: new Date(), sequence: looks };
  const host = { id: "00000000-0000-7000-8000-00000000000a", hostname: "node-a" };
  const ctx = bindInventory({ database: db.database }, scope, testCaller());
  await recordUse(ctx, { host, order, imageId: image.resourceId, complete, used });
}

async function inUse(scope: ProjectScope, asked: object = {}): Promise<Record<string, boolean | null>> {
  const { rows } = await listFindings(vulnerabilityCtx(db, scope), ListFindings.parse(asked));
  return Object.fromEntries(rows.map((row) => [row.cve, row.inUse]));
}

describe("markUse", () => {
  test("findings are unknown, then in use when a part of their package is, and carry the factor", async () => {
    const scope = await matched();
    expect(await inUse(scope)).toEqual({ "CVE-2025-0001": null, "CVE-2025-0002": null });
    await look(scope, [ssl]);
    await markUse(matchingCtx(db, scope), [image], "all");
    expect(await inUse(scope)).toEqual({ "CVE-2025-0001": false, "CVE-2025-0002": true });
    const { rows } = await listFindings(vulnerabilityCtx(db, scope), ListFindings.parse({ inUse: true }));
    expect(rows.map(({ riskFactors }) => riskFactors.includes("Package in use"))).toEqual([true]);
  });

  test("of what an incomplete look left out nobody says that it is not in use", async () => {
    const scope = await matched();
    await look(scope, [ssl], false);
    await markUse(matchingCtx(db, scope), [image], "all");
    expect(await inUse(scope)).toEqual({ "CVE-2025-0001": null, "CVE-2025-0002": true });
  });

  test("a resource that was looked at before it was compared is marked by the comparison", async () => {
    const scope = await db.newProject();
    await recordPackages(db, scope, image.resourceId, packages);
    await look(scope, [ssl]);
    await matchResource(matchingCtx(db, scope), image);
    expect(await inUse(scope)).toEqual({ "CVE-2025-0001": false, "CVE-2025-0002": true });
  });

  test("a finding that new advisories bring is marked without another look", async () => {
    const scope = await matched();
    await look(scope, [{ ...ssl, package: { is: "folder", kind: "nodejs", path: "app/node_modules/" } }]);
    await markUse(matchingCtx(db, scope), [image], "all");
    feeds.write("npm.osv.jsonl.gz", [
      osvLine("GHSA-1", ["npm", "left", "2.0.0"], { aliases: ["CVE-2025-0001"] }),
      osvLine("GHSA-2", ["npm", "late", "2.0.0"], { aliases: ["CVE-2025-0009"] }),
    ]);
    await importAdvisories(intelligenceCtx(db), { location: feeds.path, force: true });
    const [changed] = (await factsOf<{ revision: number }>(db, scope, "vulnerabilities.advisories-changed")).slice(-1);
    await rematch(matchingCtx(db, scope), { revision: changed?.revision ?? 0 });
    expect(await inUse(scope)).toMatchObject({ "CVE-2025-0001": true, "CVE-2025-0009": true, "CVE-2025-0002": false });
  });

  test("running it twice changes nothing more", async () => {
    const scope = await matched();
    await look(scope, [ssl]);
    await markUse(matchingCtx(db, scope), [image], "all");
    await markUse(matchingCtx(db, scope), [image], "all");
    expect(await factsOf(db, scope, "vulnerabilities.use-marked")).toHaveLength(1);
  });

  test("another project does not see what is used", async () => {
    const [mine, other] = [await matched(), await matched()];
    await look(mine, [ssl]);
    await markUse(matchingCtx(db, mine), [image], "all");
    await markUse(matchingCtx(db, other), [image], "all");
    expect(Object.values(await inUse(other)).every((use) => use === null)).toBe(true);
  });

  test("refuses without permission", async () => {
    const reading = {
      ...matchingCtx(db, await db.newProject()),
      ...vulnerabilityCtx(db, await db.newProject(), ["vulnerabilities.read"]),
    };
    await expect(markUse(reading, [image], "all")).rejects.toThrow(/vulnerabilities\.write/);
  });

  test("findings are filtered by their use", async () => {
    const scope = await matched();
    await look(scope, [ssl]);
    await markUse(matchingCtx(db, scope), [image], "all");
    expect(Object.keys(await inUse(scope, { inUse: true }))).toEqual(["CVE-2025-0002"]);
    expect(Object.keys(await inUse(scope, { inUse: false, packageName: "left" }))).toEqual(["CVE-2025-0001"]);
    expect(await inUse(scope, { inUse: null })).toEqual({});
  });
});

describe("explainUse", () => {
  test("tells evidence and processes, to those who may read both", async () => {
    const scope = await matched();
    await look(scope, [ssl]);
    const { rows } = await listFindings(vulnerabilityCtx(db, scope), ListFindings.parse({ cve: "CVE-2025-0002" }));
    const findingId = rows[0]?.id ?? "";
    const ctx = bindExplaining({ database: db.database, clock }, scope, testCaller());
    expect(await explainUse(ctx, { findingId })).toMatchObject({
      state: "used",
      evidence: "mapped",
      processes: ["nginx"],
    });
    const half = bindExplaining({ database: db.database, clock }, scope, testCaller(["vulnerabilities.read"]));
    await expect(explainUse(half, { findingId })).rejects.toThrow(/inventory\.read/);
    const stranger = bindExplaining({ database: db.database, clock }, await db.newProject(), testCaller());
    await expect(explainUse(stranger, { findingId })).rejects.toThrow(/no finding/);
  });
});
