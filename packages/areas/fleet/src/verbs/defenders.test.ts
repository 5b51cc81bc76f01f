import type { ProjectScope } from "@rampart/kernel";
import { testClock, testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DefenderPolicy, ListDefenders } from "../contract.ts";
import { leaseMs, staleMs } from "../core/lease.ts";
import { listLapsedProjects } from "../rim/lapsed-projects.ts";
import { heartbeat, hello } from "../testing/frames.ts";
import { openFleet, type Fleet } from "../testing/fleet-of-project.ts";
import { announceDisconnected } from "./announce-disconnected.ts";
import { connectDefender } from "./connect-defender.ts";
import { countDefendersByCategory } from "./count-defenders-by-category.ts";
import { countDefenders } from "./count-defenders.ts";
import { disconnectDefenders } from "./disconnect-defenders.ts";
import { forgetExpired } from "./forget-expired.ts";
import { getDefenderPolicy } from "./get-defender-policy.ts";
import { getDefender } from "./get-defender.ts";
import { listDefenderNames } from "./list-defender-names.ts";
import { listDefenders } from "./list-defenders.ts";
import { nudgeDefender } from "./nudge-defender.ts";
import { recordHeartbeats } from "./record-heartbeats.ts";
import { recordPolicyOutcome } from "./record-policy-outcome.ts";
import { retireDefendersOfHost } from "./retire-defenders-of-host.ts";
import { updateDefenderPolicy } from "./update-defender-policy.ts";

let db: TestDatabase;
let fleet: Fleet;
let shop: ProjectScope;
let bank: ProjectScope;
const clock = testClock(new Date());
const connectionId = "01890000-0000-7000-8000-0000000000c1";

beforeAll(async () => {
  db = await testDatabase();
  fleet = await openFleet(db.database, clock);
});
beforeEach(async () => {
  shop = await db.newProject("shop");
  bank = await db.newProject("bank");
});
afterAll(() => db.drop());

const connection = (defenderId: string) => ({ defenderId, connectionId, gatewayId: "gw-1", remoteAddress: "10.0.0.1" });
const connect = (defenderId: string, said = hello()) =>
  connectDefender(fleet.ctx(shop), { ...connection(defenderId), hello: said });
const beat = (defenderId: string, of = connectionId) =>
  recordHeartbeats(fleet.ctx(shop), [{ defenderId, connectionId: of, at: clock.now(), beat: heartbeat() }]);
const stateOf = async (id: string) => (await getDefender(fleet.ctx(shop), { id })).state;
const factsOf = async (type: string) =>
  (
    await db.ownerQuery<{ type: string }>("select type from platform_outbox where project_id = $1 and type = $2", [
      shop.projectId,
      type,
    ])
  ).length;
const list = (asked: object, scope = shop) => listDefenders(fleet.ctx(scope), ListDefenders.parse(asked));

describe("a Defender's state", () => {
  test("goes from connected over stale to disconnected, and each change is told once", async () => {
    const { defenderId } = await fleet.enrol(shop);
    expect(await stateOf(defenderId)).toBe("disconnected");
    await connect(defenderId);
    await connect(defenderId);
    expect(await stateOf(defenderId)).toBe("connected");
    expect(await factsOf("fleet.defender-connected")).toBe(1);
    clock.advance(leaseMs - 1);
    expect(await stateOf(defenderId)).toBe("connected");
    await beat(defenderId);
    clock.advance(leaseMs);
    expect(await stateOf(defenderId)).toBe("stale");
    expect(await announceDisconnected(fleet.ctx(shop))).toBe(0);
    clock.advance(staleMs + 1);
    expect(await stateOf(defenderId)).toBe("disconnected");
    expect(await announceDisconnected(fleet.ctx(shop))).toBe(1);
    expect(await announceDisconnected(fleet.ctx(shop))).toBe(0);
    expect(await factsOf("fleet.defender-disconnected")).toBe(1);
    await beat(defenderId);
    expect(await factsOf("fleet.defender-connected")).toBe(2);
  });

  test("a socket that lost its lease to another neither extends nor ends it", async () => {
    const { defenderId } = await fleet.enrol(shop);
    await connect(defenderId);
    const old = "01890000-0000-7000-8000-0000000000c0";
    await disconnectDefenders(fleet.ctx(shop), [{ defenderId, connectionId: old }]);
    expect(await stateOf(defenderId)).toBe("connected");
    clock.advance(leaseMs);
    await beat(defenderId, old);
    expect(await stateOf(defenderId)).toBe("stale");
  });

  test("a closed connection makes it stale at once", async () => {
    const { defenderId } = await fleet.enrol(shop);
    await connect(defenderId);
    await disconnectDefenders(fleet.ctx(shop), [{ defenderId, connectionId }]);
    await disconnectDefenders(fleet.ctx(shop), [{ defenderId, connectionId }]);
    expect(await stateOf(defenderId)).toBe("stale");
  });

  test("upkeep looks only at projects in which somebody went away", async () => {
    const { defenderId } = await fleet.enrol(shop);
    await connect(defenderId);
    const hasLapsed = async () =>
      (await listLapsedProjects(db.database)).some(({ projectId }) => projectId === shop.projectId);
    expect(await hasLapsed()).toBe(false);
    await db.ownerQuery(
      "update fleet_connection set lease_until = now() - interval '6 minutes' where defender_id = $1",
      [defenderId],
    );
    expect(await hasLapsed()).toBe(true);
  });
});

test("what a Defender says of itself is what people see", async () => {
  const { defenderId: id } = await fleet.enrol(shop);
  await connect(id, hello({ fqdn: "web-1.example", hostname: "renamed" }));
  const duties = [{ name: "scan-images", state: "failing" as const, message: "no space left" }];
  const beats = [{ defenderId: id, connectionId, at: clock.now(), beat: heartbeat({ duties }) }];
  await recordHeartbeats(fleet.ctx(shop), beats);
  await recordPolicyOutcome(fleet.ctx(shop), { defenderId: id, hash: `sha256:${"a".repeat(64)}`, problem: null });
  expect(await getDefender(fleet.ctx(shop), { id })).toMatchObject({
    hostname: "renamed",
    fqdn: "web-1.example",
    os: "Debian GNU/Linux 12",
    engine: { kind: "docker" },
    images: 2,
    containers: 3,
    failingDuties: 1,
    residentBytes: 60_000_000,
    policy: { appliedHash: `sha256:${"a".repeat(64)}`, problem: null },
    certificates: [{ revokedAt: null }],
  });
});

test.for([
  [
    "connectDefender",
    (scope: ProjectScope, id: string) => connectDefender(fleet.ctx(scope), { ...connection(id), hello: hello() }),
  ],
  ["nudgeDefender", (scope: ProjectScope, id: string) => nudgeDefender(fleet.ctx(scope), { id, work: "rescan-host" })],
  ["getDefender", (scope: ProjectScope, id: string) => getDefender(fleet.ctx(scope), { id })],
] as const)("%s does not see another project", async ([, verb]) => {
  const { defenderId } = await fleet.enrol(shop);
  await expect(verb(bank, defenderId)).rejects.toMatchObject({ kind: "not-found" });
});

test.for([
  [
    "connectDefender",
    (ctx: ReturnType<Fleet["ctx"]>) => connectDefender(ctx, { ...connection(connectionId), hello: hello() }),
  ],
  ["recordHeartbeats", (ctx: ReturnType<Fleet["ctx"]>) => recordHeartbeats(ctx, [])],
  ["disconnectDefenders", (ctx: ReturnType<Fleet["ctx"]>) => disconnectDefenders(ctx, [])],
  ["announceDisconnected", announceDisconnected],
  ["forgetExpired", forgetExpired],
  ["nudgeDefender", (ctx: ReturnType<Fleet["ctx"]>) => nudgeDefender(ctx, { id: connectionId, work: "rescan-host" })],
  ["updateDefenderPolicy", (ctx: ReturnType<Fleet["ctx"]>) => updateDefenderPolicy(ctx, DefenderPolicy.parse({}))],
  ["retireDefendersOfHost", (ctx: ReturnType<Fleet["ctx"]>) => retireDefendersOfHost(ctx, "web-1")],
  ["listDefenders", (ctx: ReturnType<Fleet["ctx"]>) => listDefenders(ctx, ListDefenders.parse({}))],
  ["countDefenders", countDefenders],
  ["listDefenderNames", listDefenderNames],
] as const)("%s refuses without permission", async ([, verb]) => {
  await expect(verb(fleet.ctx(shop, []))).rejects.toMatchObject({ kind: "forbidden" });
});

describe("listDefenders", () => {
  test("pages through all rows once, in order, and filters", async () => {
    for (const hostname of ["c-1", "a-1", "b-1"]) await fleet.enrol(shop, { hostname });
    const { defenderId } = await fleet.enrol(shop, { hostname: "a_1" });
    await connect(defenderId, hello({ hostname: "a_1", engine: null }));
    const pages = await Promise.all([0, 2].map((offset) => list({ offset, limit: 2 })));
    expect(pages.flatMap((page) => page.rows.map((row) => row.hostname))).toEqual(
      ["a-1", "a_1", "b-1", "c-1"].toSorted(),
    );
    expect(pages[0]?.total).toBe(4);
    expect((await list({ search: "a_" })).rows.map((row) => row.hostname)).toEqual(["a_1"]);
    expect((await list({ states: ["connected"] })).rows.map((row) => row.id)).toEqual([defenderId]);
    expect((await list({ reverse: true, limit: 1 })).rows[0]?.hostname).toBe("c-1");
    expect((await list({ engines: ["docker"] })).total).toBe(0);
    expect((await list({}, bank)).total).toBe(0);
    expect(await countDefenders(fleet.ctx(shop))).toEqual({ connected: 1, stale: 0, disconnected: 3, retired: 0 });
    expect(await countDefendersByCategory(fleet.ctx(shop))).toEqual([{ category: "host", deployed: 4, connected: 1 }]);
  });

  test("leaves retired ones out unless asked", async () => {
    await fleet.enrol(shop, { hostname: "old" });
    await retireDefendersOfHost(fleet.ctx(shop), "old");
    await expect(retireDefendersOfHost(fleet.ctx(shop), "old")).rejects.toMatchObject({ kind: "not-found" });
    expect((await list({})).total).toBe(0);
    expect((await list({ states: ["retired"] })).total).toBe(1);
    expect(await listDefenderNames(fleet.ctx(shop))).toEqual([]);
  });
});

describe("updateDefenderPolicy", () => {
  test("changes the hash, twice the same changes nothing more, and stays in its project", async () => {
    const before = await getDefenderPolicy(fleet.ctx(shop));
    const policy = DefenderPolicy.parse({ scanning: { everyHours: 6 } });
    await updateDefenderPolicy(fleet.ctx(shop), policy);
    await updateDefenderPolicy(fleet.ctx(shop), policy);
    const after = await getDefenderPolicy(fleet.ctx(shop));
    expect(after.policy).toEqual(policy);
    expect(after.hash).not.toBe(before.hash);
    expect((await getDefenderPolicy(fleet.ctx(bank))).hash).toBe(before.hash);
    const audits = await db.ownerQuery(
      "select 1 from audit_entry where project_id = $1 and action = 'fleet.policy.updated'",
      [shop.projectId],
    );
    expect(audits).toHaveLength(1);
  });
});

test("what ended long ago is forgotten, what still counts stays", async () => {
  await fleet.enrol(shop);
  const { defenderId } = await fleet.enrol(shop);
  await db.ownerQuery("update fleet_enrolment_token set expires_at = now() - interval '8 days' where project_id = $1", [
    shop.projectId,
  ]);
  await db.ownerQuery("update fleet_certificate set expires_at = now() - interval '31 days' where defender_id = $1", [
    defenderId,
  ]);
  expect(await forgetExpired(fleet.ctx(shop))).toEqual({ tokens: 2, certificates: 1, reports: 0 });
  expect(await forgetExpired(fleet.ctx(shop))).toEqual({ tokens: 0, certificates: 0, reports: 0 });
  expect((await list({})).total).toBe(2);
});
