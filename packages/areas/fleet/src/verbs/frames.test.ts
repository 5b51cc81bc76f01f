import { encodeReport, type DefenderReport } from "@rampart/protocol";
import type { ProjectScope } from "@rampart/kernel";
import { testClock, testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ReceivedFrame } from "../ports.ts";
import { claimFrames } from "../rim/claim-frames.ts";
import { epoch } from "../testing/frames.ts";
import { openFleet, type Fleet } from "../testing/fleet-of-project.ts";
import { findDurableSequence } from "./find-durable-sequence.ts";
import { forgetFrame } from "./forget-frame.ts";
import { keepFrames } from "./keep-frames.ts";
import { readFrame } from "./read-frame.ts";

let db: TestDatabase;
let fleet: Fleet;
let shop: ProjectScope;
let bank: ProjectScope;
let defenderId: string;
let body: Uint8Array;
const clock = testClock(new Date());
const report: DefenderReport = {
  type: "image.removed",
  at: "2026-01-05T10:00:00.000Z",
  imageId: `sha256:${"a".repeat(64)}`,
};

beforeAll(async () => {
  db = await testDatabase();
  fleet = await openFleet(db.database, clock);
  shop = await db.newProject("shop");
  bank = await db.newProject("bank");
  body = await encodeReport(report);
});
beforeEach(async () => {
  await db.ownerQuery("delete from fleet_frame");
  ({ defenderId } = await fleet.enrol(shop));
});
afterAll(() => db.drop());

const frame = (sequence: number, changes: Partial<ReceivedFrame> = {}): ReceivedFrame => ({
  defenderId,
  header: { type: "image.removed", epoch, sequence },
  body,
  ...changes,
});
const ref = (sequence: number) => ({ defenderId, epoch, sequence });
const stored = () => db.ownerQuery<{ sequence: string }>("select sequence from fleet_frame order by sequence");

describe("keepFrames", () => {
  test("refuses without permission", async () => {
    await expect(keepFrames(fleet.ctx(shop, ["fleet.read"]), [frame(1)])).rejects.toMatchObject({ kind: "forbidden" });
  });

  test("the same reports again change nothing, also after they were applied and forgotten", async () => {
    await keepFrames(fleet.ctx(shop), [frame(1), frame(2)]);
    await keepFrames(fleet.ctx(shop), [frame(1), frame(2), frame(3)]);
    expect((await stored()).map((row) => row.sequence)).toEqual(["1", "2", "3"]);
    await forgetFrame(fleet.ctx(shop), ref(1));
    await keepFrames(fleet.ctx(shop), [frame(1)]);
    expect((await stored()).map((row) => row.sequence)).toEqual(["2", "3"]);
    expect(await findDurableSequence(fleet.ctx(shop), { defenderId, epoch })).toBe(3);
  });

  test("a new spool starts to count anew", async () => {
    await keepFrames(fleet.ctx(shop), [frame(7)]);
    const later = "01890000-0000-7000-8000-00000000000b";
    await keepFrames(fleet.ctx(shop), [frame(1, { header: { type: "image.removed", epoch: later, sequence: 1 } })]);
    expect(await findDurableSequence(fleet.ctx(shop), { defenderId, epoch: later })).toBe(1);
    expect(await findDurableSequence(fleet.ctx(shop), { defenderId, epoch })).toBe(0);
    expect(await stored()).toHaveLength(2);
  });

  test("stores nothing for a Defender of another project, and the others of the batch all the same", async () => {
    const { defenderId: foreign } = await fleet.enrol(bank);
    const known = await keepFrames(fleet.ctx(shop), [frame(1), frame(1, { defenderId: foreign })]);
    expect([...known]).toEqual([defenderId]);
    expect(await stored()).toHaveLength(1);
  });

  test("twenty gateways that receive the same reports store each once", async () => {
    const reports = Array.from({ length: 10 }, (_, index) => frame(index + 1));
    await Promise.all(Array.from({ length: 20 }, () => keepFrames(fleet.ctx(shop), reports)));
    expect(await stored()).toHaveLength(10);
  });
});

describe("readFrame", () => {
  test("refuses without permission, and is null in another project and for what is gone", async () => {
    await keepFrames(fleet.ctx(shop), [frame(1)]);
    await expect(readFrame(fleet.ctx(shop, []), ref(1))).rejects.toMatchObject({ kind: "forbidden" });
    expect(await readFrame(fleet.ctx(bank), ref(1))).toBeNull();
    expect(await readFrame(fleet.ctx(shop), ref(2))).toBeNull();
    expect(await readFrame(fleet.ctx(shop), ref(1))).toMatchObject({ frame: report, defenderId, hostname: "web-1" });
  });

  test.for([
    ["garbage", new Uint8Array([1, 2, 3]), "image.removed"],
    ["another type than its header says", null, "host.inventory"],
  ] as const)("sets a report aside that is %s, and says so in the audit", async ([, given, type]) => {
    await keepFrames(fleet.ctx(shop), [frame(5, { body: given ?? body, header: { type, epoch, sequence: 5 } })]);
    await expect(readFrame(fleet.ctx(shop), ref(5))).rejects.toMatchObject({ reason: "fleet.report.unreadable" });
    expect(await stored()).toHaveLength(0);
    const [entry] = await db.ownerQuery<{ after: object }>(
      "select after from audit_entry where action = 'fleet.report.refused' order by id desc limit 1",
    );
    expect(entry?.after).toMatchObject({ type, sequence: 5 });
  });
});

describe("forgetFrame", () => {
  test("refuses without permission, leaves other projects alone, and may be repeated", async () => {
    await keepFrames(fleet.ctx(shop), [frame(1)]);
    await expect(forgetFrame(fleet.ctx(shop, ["fleet.read"]), ref(1))).rejects.toMatchObject({ kind: "forbidden" });
    await forgetFrame(fleet.ctx(bank), ref(1));
    expect(await stored()).toHaveLength(1);
    await forgetFrame(fleet.ctx(shop), ref(1));
    await forgetFrame(fleet.ctx(shop), ref(1));
    expect(await stored()).toHaveLength(0);
  });
});

describe("claimFrames", () => {
  test("hands each report to one relay, with its project, in the order of the spool", async () => {
    await keepFrames(
      fleet.ctx(shop),
      Array.from({ length: 30 }, (_, index) => frame(index + 1)),
    );
    const claims = await Promise.all(Array.from({ length: 3 }, () => claimFrames(db.database, 10)));
    const sequences = claims.flat().map((claim) => claim.sequence);
    expect(new Set(sequences).size).toBe(sequences.length);
    expect(claims[0]?.[0]).toMatchObject({ ...shop, defenderId, epoch });
    const rest = await claimFrames(db.database, 100);
    expect(sequences.length + rest.length).toBe(30);
    expect(await claimFrames(db.database, 10)).toEqual([]);
  });

  test("claims again what was not forgotten in five minutes, and parks it after ten times", async () => {
    await keepFrames(fleet.ctx(shop), [frame(1)]);
    let claimed = 0;
    for (let round = 0; round < 12; round += 1) {
      claimed += (await claimFrames(db.database, 10)).length;
      await db.ownerQuery("update fleet_frame set enqueued_at = now() - interval '6 minutes'");
    }
    expect(claimed).toBe(10);
  });
});
