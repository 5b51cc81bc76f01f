import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clock, feedFolder, intelligenceCtx, osvLine } from "../fixture/vulnerability-fixture.ts";
import { bindIntelligence } from "../bind.ts";
import * as verbs from "../index.ts";
import { ensureFeedFolder } from "./ensure-feed-folder.ts";
import { refreshLocations } from "./refresh-locations.ts";
import { permissions } from "@rampart/kernel";
import { testCaller } from "@rampart/testing";

let db: TestDatabase;
let folder: ReturnType<typeof feedFolder>;
beforeEach(async () => {
  db = await testDatabase();
  folder = feedFolder({ "npm.osv.jsonl.gz": [osvLine("GHSA-1", ["npm", "left", "2.0.0"])] });
});
afterEach(async () => {
  folder.remove();
  await db.drop();
});

const daily = () => ({ location: folder.path, everyHours: 24, isEnabled: true });
const setup = async () => (await verbs.getIntelligenceSetup(intelligenceCtx(db))).locations[0];
const hoursAhead = (hours: number) => new Date(clock.now().getTime() + hours * 3_600_000).toISOString();
const later = (hours: number) =>
  bindIntelligence(
    { database: db.database, clock: { now: () => new Date(hoursAhead(hours)) } },
    testCaller(permissions),
  );

describe("refreshLocations", () => {
  test("looks at a location when its time has come, and says when it will look again", async () => {
    await verbs.saveFeedLocation(intelligenceCtx(db), daily());
    expect((await refreshLocations(intelligenceCtx(db))).map(({ problem }) => problem)).toEqual([null]);
    expect(await setup()).toMatchObject({ outcome: "imported", problem: null, nextAttemptAt: hoursAhead(24) });
    expect(await refreshLocations(later(23))).toEqual([]);
    await refreshLocations(later(24));
    expect(await setup()).toMatchObject({
      outcome: "unchanged",
      attemptedAt: hoursAhead(24),
      nextAttemptAt: hoursAhead(48),
    });
  });

  test("notes why a location failed, tries again within the hour, and goes on with the others", async () => {
    await verbs.saveFeedLocation(intelligenceCtx(db), { ...daily(), location: "/nowhere/at/all" });
    await verbs.saveFeedLocation(intelligenceCtx(db), daily());
    expect(await refreshLocations(intelligenceCtx(db))).toHaveLength(2);
    expect(await setup()).toMatchObject({
      outcome: "failed",
      problem: expect.stringContaining("/nowhere/at/all"),
      succeededAt: null,
      nextAttemptAt: hoursAhead(1),
    });
  });

  test("a feed that was refused leaves the location partial, with the number of refused ones", async () => {
    folder.write("Go.osv.jsonl.gz", ["{oops"]);
    await verbs.saveFeedLocation(intelligenceCtx(db), daily());
    await refreshLocations(intelligenceCtx(db));
    expect(await setup()).toMatchObject({ outcome: "partial", problem: "1 of 2 feeds were refused" });
  });

  test("two processes do not look at the same location at the same time", async () => {
    await verbs.saveFeedLocation(intelligenceCtx(db), daily());
    const rounds = await Promise.all([refreshLocations(intelligenceCtx(db)), refreshLocations(intelligenceCtx(db))]);
    expect(rounds.flat()).toHaveLength(1);
  });

  test("a location that was removed or switched off is looked at no more", async () => {
    await verbs.saveFeedLocation(intelligenceCtx(db), { ...daily(), isEnabled: false });
    expect(await refreshLocations(intelligenceCtx(db))).toEqual([]);
    await verbs.removeFeedLocation(intelligenceCtx(db), daily());
    await expect(verbs.removeFeedLocation(intelligenceCtx(db), daily())).rejects.toThrow(/not looked at/);
  });
});

test("setting up where advisories come from refuses without permission", async () => {
  const reader = intelligenceCtx(db, ["vulnerabilities.read", "vulnerabilities.write"]);
  const fingerprint = "0".repeat(64);
  for (const attempt of [
    () => verbs.saveFeedLocation(reader, daily()),
    () => verbs.removeFeedLocation(reader, daily()),
    () => verbs.addBundleKey(reader, { name: "x", publicKey: "x" }),
    () => verbs.removeBundleKey(reader, { fingerprint }),
    () => verbs.getIntelligenceSetup(reader),
    () => refreshLocations(reader),
    () => ensureFeedFolder(reader, folder.path),
  ]) {
    await expect(attempt()).rejects.toThrow(/operations\./);
  }
});

test.for(["vulnerabilities_feed_location", "vulnerabilities_bundle_key", "vulnerabilities_staged_affected"])(
  "no project reads %s, and so sees nothing that another project set up: an address may name a host of the inner network",
  async (table) => {
    await verbs.saveFeedLocation(intelligenceCtx(db), daily());
    const scope = await db.newProject();
    const read = db.database.read(scope, (tx) => tx.$queryRawUnsafe(`select * from ${table}`));
    await expect(read).rejects.toThrow(/permission denied/);
  },
);

test("the folder of a process is looked at every hour, and stays as an administrator has set it", async () => {
  await ensureFeedFolder(intelligenceCtx(db), folder.path);
  expect(await setup()).toMatchObject({ everyHours: 1, isEnabled: true });
  await verbs.saveFeedLocation(intelligenceCtx(db), { ...daily(), isEnabled: false });
  await ensureFeedFolder(intelligenceCtx(db), folder.path);
  expect(await setup()).toMatchObject({ everyHours: 24, isEnabled: false });
});

test("what a crash of the database takes from a feed half read does not come into force", async () => {
  const ctx = intelligenceCtx(db);
  await verbs.importAdvisories(ctx, { location: folder.path, force: false });
  folder.write("npm.osv.jsonl.gz", [osvLine("GHSA-2", ["npm", "right", "2.0.0"])]);
  // A crash empties unlogged tables; here that happens between the last batch and the swap.
  const crashing = {
    ...ctx,
    unit: (async (work) => {
      await db.ownerQuery("delete from vulnerabilities_staged_advisory where id = ''");
      return ctx.unit(work);
    }) as typeof ctx.unit,
  };
  await expect(verbs.importAdvisories(crashing, { location: folder.path, force: false })).rejects.toThrow(
    /another import/,
  );
  expect(await db.ownerQuery("select id from vulnerabilities_advisory")).toEqual([{ id: "GHSA-1" }]);
  expect(await db.ownerQuery("select 1 from vulnerabilities_staged_affected")).toEqual([]);
});
