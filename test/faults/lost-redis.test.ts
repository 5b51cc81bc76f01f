import { afterAll, beforeAll, expect, test } from "vitest";
import { startRedis, type RedisServer } from "../servers/redis.ts";
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
  await redis.loseEverything();
  await release();
  await host.ageQueuedWork();
  expect(await host.outcomeOf("redis-lost:1")).toEqual({ findings: undisturbed, parked: 0 });
});

test("a report that waited in Redis when it was lost is claimed again", async () => {
  const release = await host.holdTable("inventory_package");
  await host.bringImage("redis-lost:2");
  await host.untilSomebodyWaits();
  await host.killPart("workers");
  await redis.loseEverything();
  await release();
  await host.ageQueuedWork();
  expect(await host.outcomeOf("redis-lost:2")).toEqual({ findings: undisturbed, parked: 0 });
});
