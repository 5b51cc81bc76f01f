import type { ProjectScope } from "@rampart/kernel";
import type { InventoryPackage } from "@rampart/inspection/contract";
import { recordContainers, removeImage } from "@rampart/inventory";
import { bindInventory } from "@rampart/inventory/bind";
import { testCaller, testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ListFindings } from "../contract.ts";
import {
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
import { defaultRule } from "../core/order-rules.ts";
import type { MatchingCtx } from "../ports.ts";
import { getComparison } from "./get-comparison.ts";
import { importAdvisories } from "./import-advisories.ts";
import { listFindings } from "./list-findings.ts";
import { matchResource } from "./match-resource.ts";
import { reapplyPolicy } from "./reapply-policy.ts";
import { rematch } from "./rematch.ts";
import { savePolicy } from "./save-policy.ts";

let db: TestDatabase;
let feeds: ReturnType<typeof feedFolder>;
const lines = [osvLine("GHSA-1", ["npm", "left", "2.0.0"], { aliases: ["CVE-2025-0001"] })];

beforeAll(async () => {
  db = await testDatabase();
  feeds = feedFolder({ "npm.osv.jsonl.gz": lines });
  await importAdvisories(intelligenceCtx(db), { location: feeds.path, force: false });
});
afterAll(async () => {
  feeds.remove();
  await db.drop();
});

const image = { resourceKind: "image", resourceId: imageId("a") } as const;
const stopping = {
  ...defaultRule,
  id: "00000000-0000-7000-8000-0000000000b1",
  name: "stop",
  blockFrom: "low",
} as const;

async function publish(id: string, name: string): Promise<number> {
  lines.push(osvLine(id, ["npm", name, "9.0.0"], { aliases: [id.replace("GHSA", "CVE-2025")] }));
  feeds.write("npm.osv.jsonl.gz", lines);
  return (await importAdvisories(intelligenceCtx(db), { location: feeds.path, force: false })).revision;
}

/** A project that knows all advisories of now, with one compared image. */
async function project(packages: readonly InventoryPackage[]): Promise<ProjectScope> {
  const scope = await db.newProject();
  await recordPackages(db, scope, image.resourceId, packages);
  await matchResource(matchingCtx(db, scope), image);
  const ctx = matchingCtx(db, scope);
  await rematch(ctx, { revision: await ctx.read(({ knowledge }) => knowledge.revision()) });
  return scope;
}

/** A worker that has read everything and is about to write, when something else happens from beginning to end. */
function interrupted(scope: ProjectScope, meanwhile: () => Promise<void>, atUnit = 1): MatchingCtx {
  const ctx = matchingCtx(db, scope);
  let units = 0;
  return {
    ...ctx,
    async unit(work) {
      units += 1;
      if (units === atUnit) await meanwhile();
      return ctx.unit(work);
    },
  };
}

const cves = async (scope: ProjectScope) => {
  const { rows } = await listFindings(vulnerabilityCtx(db, scope), ListFindings.parse({ sort: "cve" }));
  return rows.map(({ cve, packageVersion }) => `${cve} in ${packageVersion}`);
};
const counted = (scope: ProjectScope) =>
  db.ownerQuery("select cve, images from vulnerabilities_cve_summary where project_id = $1 order by cve", [
    scope.projectId,
  ]);

test("a comparison of old packages that is overtaken by a report of new ones does not bring the old findings back", async () => {
  const scope = await project([npm("left", "1.0.0")]);
  const overtaken = interrupted(scope, async () => {
    await recordPackages(db, scope, image.resourceId, [npm("left", "2.0.0")]);
    await matchResource(matchingCtx(db, scope), image);
  });
  await matchResource(overtaken, image);
  expect(await cves(scope)).toEqual([]);
  expect(await counted(scope)).toEqual([]);
});

test("a round that is overtaken by a report of new packages leaves what the report says", async () => {
  const scope = await project([npm("round", "1.0.0"), npm("left", "1.0.0")]);
  const revision = await publish("GHSA-1000", "round");
  const overtaken = interrupted(
    scope,
    async () => {
      await recordPackages(db, scope, image.resourceId, [npm("left", "1.5.0")]);
      await matchResource(matchingCtx(db, scope), image);
    },
    2,
  );
  await rematch(overtaken, { revision });
  expect(await cves(scope)).toEqual(["CVE-2025-0001 in 1.5.0"]);
  expect(await counted(scope)).toEqual([{ cve: "CVE-2025-0001", images: 1 }]);
});

test("a new image whose first comparison is overtaken by an import and its whole round has the new findings", async () => {
  const scope = await project([npm("fine", "1.0.0")]);
  const fresh = { resourceKind: "image", resourceId: imageId("b") } as const;
  await recordPackages(db, scope, fresh.resourceId, [npm("late", "1.0.0")]);
  const overtaken = interrupted(scope, async () => {
    await rematch(matchingCtx(db, scope), { revision: await publish("GHSA-1001", "late") });
  });
  await matchResource(overtaken, fresh);
  expect(await cves(scope)).toEqual(["CVE-2025-1001 in 1.0.0"]);
});

test.for(["a comparison", "a round"])(
  "%s that is overtaken by a change of the rules leaves what they say",
  async (who) => {
    const scope = await project([npm("left", "1.0.0")]);
    const revision = await publish(who === "a round" ? "GHSA-1002" : "GHSA-1003", "left");
    const meanwhile = async () => {
      await savePolicy(vulnerabilityCtx(db, scope), { policy: "image", rules: [stopping] });
      await reapplyPolicy(matchingCtx(db, scope), { policy: "image", revision: 1 });
    };
    if (who === "a round") await rematch(interrupted(scope, meanwhile, 2), { revision });
    else await matchResource(interrupted(scope, meanwhile), image);
    const { rows } = await listFindings(vulnerabilityCtx(db, scope), ListFindings.parse({}));
    expect(new Set(rows.map(({ effect, ruleName }) => `${effect} by ${ruleName}`))).toEqual(new Set(["block by stop"]));
  },
);

test("the job of a removal takes the findings of an image that is gone, and not of one that is there again", async () => {
  const scope = await project([npm("left", "1.0.0")]);
  await matchResource(matchingCtx(db, scope), image); // the late job of a removal that a later report has undone
  expect(await cves(scope)).toContain("CVE-2025-0001 in 1.0.0");
  const inventory = bindInventory(db, scope, testCaller());
  const hostId = "00000000-0000-7000-8000-00000000000a";
  await removeImage(inventory, {
    hostId,
    order: { at: new Date("2027-01-01"), sequence: 1 },
    imageId: image.resourceId,
  });
  await matchResource(matchingCtx(db, scope), image);
  expect(await cves(scope)).toEqual([]);
});

test("any number of workers on one round leave what one would, and count each image once", async () => {
  const scope = await project([npm("many", "1.0.0")]);
  const revision = await publish("GHSA-1004", "many");
  await Promise.all([1, 2, 3, 4].map(() => rematch(matchingCtx(db, scope), { revision })));
  expect(await cves(scope)).toEqual(["CVE-2025-1004 in 1.0.0"]);
  const { round, complete } = await getComparison(vulnerabilityCtx(db, scope));
  expect({ round, complete }).toMatchObject({ complete: true, round: { resources: 1, done: 1, compared: 1 } });
  expect(await violationsOf(db, scope)).toHaveLength(1);
});

test.for([1, 2, 3, 4])(
  "a worker that dies before its write number %i is followed by one that completes the round",
  async (at) => {
    const scope = await project([npm("dies", "1.0.0")]);
    const revision = await publish(`GHSA-200${at}`, "dies");
    const dying = interrupted(scope, () => Promise.reject(new Error("killed")), at);
    await rematch(dying, { revision }).catch(() => undefined);
    await rematch(matchingCtx(db, scope), { revision });
    expect(await cves(scope)).toContain(`CVE-2025-200${at} in 1.0.0`);
    const { round, complete } = await getComparison(vulnerabilityCtx(db, scope));
    expect({ round, complete }).toMatchObject({ complete: true, round: { done: 1, failed: 0 } });
  },
);

test("an alert raised after a container started carries the labels of the container", async () => {
  const scope = await project([npm("labelled", "1.0.0")]);
  const containers = [
    {
      id: "c".repeat(64),
      name: "web-1",
      imageId: image.resourceId,
      imageName: "shop/a:1",
      state: "running",
      labels: { owner: "ann" },
      ports: [],
    } as const,
  ];
  const host = { id: "00000000-0000-7000-8000-00000000000a", hostname: "node-a" };
  const order = { at: new Date("2026-06-01T00:00:00Z"), sequence: 900 };
  await recordContainers(bindInventory(db, scope, testCaller()), { host, order, containers });
  await rematch(matchingCtx(db, scope), { revision: await publish("GHSA-1005", "labelled") });
  const [violation] = await violationsOf(db, scope);
  expect(violation?.labels).toEqual({ team: "shop", owner: "ann" });
});
