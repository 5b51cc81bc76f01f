import { afterAll, beforeAll, expect, test } from "vitest";
import { startRedis, type RedisServer } from "../servers/redis.ts";
import { patiently } from "./patiently.ts";
import { startProtectedHost, type ProtectedHost } from "./protected-host.ts";

/** The queues live in a real Redis that keeps nothing on disk. */
let redis: RedisServer;
let host: ProtectedHost;
let undisturbed = 0;

beforeAll(async () => {
  redis = await startRedis();
  host = await startProtectedHost({ env: { REDIS_URL: redis.url } });
  await host.bringImage("calm:1");
  undisturbed = await host.settledFindings("calm:1");
});
afterAll(async () => {
  await host?.stop();
  await redis?.stop();
});

test("the queues are in Redis, not in the database", async () => {
  const [row] = await host.ask<{ schemas: number }>(
    "select count(*)::int as schemas from information_schema.tables where table_schema = 'queue'",
  );
  expect(row?.schemas).toBe(0);
});

test("Redis that forgets everything in the middle of a match: the ledger brings the work back", async () => {
  const release = await host.holdTable("vulnerabilities_finding");
  await host.bringImage("redis-lost:1");
  await host.untilSomebodyWaits();
  await loseEverything();
  await release();
  await host.ageQueuedWork();
  expect(await host.outcomeOf("redis-lost:1")).toEqual({ findings: undisturbed, parked: 0 });
});

test("a report that waited in Redis when it was lost is claimed again", async () => {
  const release = await host.holdTable("inventory_holding");
  await host.bringImage("redis-lost:2");
  await host.untilSomebodyWaits();
  await host.killPart("workers");
  await loseEverything();
  await release();
  await host.ageQueuedWork();
  expect(await host.outcomeOf("redis-lost:2")).toEqual({ findings: undisturbed, parked: 0 });
});

test("a report that comes while Redis is away waits for it in the database", async () => {
  const comeBack = await redis.goAway();
  await host.bringImage("redis-away:1");
  await patiently("the report", async () => (await countFrames()) > 0, 60_000);
  await comeBack();
  expect(await host.outcomeOf("redis-away:1")).toEqual({ findings: undisturbed, parked: 0 });
});

/** A new empty server in the place of the old one: what a lost Redis looks like to its clients. */
async function loseEverything(): Promise<void> {
  const comeBack = await redis.goAway();
  await comeBack();
}

async function countFrames(): Promise<number> {
  const [row] = await host.ask<{ frames: number }>("select count(*)::int as frames from fleet_frame");
  return row?.frames ?? 0;
}
