import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { migrateDatabase } from "@rampart/database/migrate";
import { openDatabase, randomIds, type Database } from "@rampart/database";
import { grantScope } from "@rampart/kernel/grant";
import type { ProjectScope } from "@rampart/kernel";
import { closeCodes, encodeFrame } from "@rampart/protocol";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Identity } from "../../apps/defender/src/link/identity.ts";
import { freePort } from "../servers/free-port.ts";
import { startPostgres, type PostgresServer } from "../servers/postgres.ts";
import { makeScratch } from "../servers/scratch.ts";
import { until } from "../servers/until.ts";
import { startGatewayProcess, type GatewayProcess } from "./gateway-process.ts";
import { enrolHost, newEpoch, newHeartbeat, newReport, openBulk, openControl } from "./simulated-host.ts";

/** Durable as in production: what is acknowledged must survive. */
const durable = { max_connections: "50" };

let scratch: Awaited<ReturnType<typeof makeScratch>>;
let postgres: PostgresServer;
let ownerUrl: string;
let database: Database;
let scope: ProjectScope;
let env: Record<string, string>;
let port: number;
let gateway: GatewayProcess;
let identity: Identity;

beforeAll(async () => {
  scratch = await makeScratch("gateway");
  postgres = await startPostgres(durable);
  ownerUrl = await postgres.createDatabase("rampart");
  const folder = path.resolve(import.meta.dirname, "../../prisma");
  const { serviceUrl } = await migrateDatabase({ ownerUrl, servicePassword: "test-service", folder });
  database = openDatabase({ url: serviceUrl, poolMax: 2 });
  const [tenantId, projectId] = [randomIds.next(), randomIds.next()];
  await database.installation(async (tx) => {
    await tx.tenancyTenant.create({ data: { id: tenantId, slug: "tenant", name: "tenant" } });
    await tx.tenancyProject.create({ data: { id: projectId, tenantId, slug: "shop", name: "shop" } });
  });
  scope = grantScope(tenantId, projectId);
  const keyFile = path.join(scratch.path, "installation.key");
  await writeFile(keyFile, randomBytes(32).toString("base64"), { mode: 0o600 });
  port = await freePort();
  env = { DATABASE_URL: serviceUrl, RAMPART_KEY_FILE: keyFile, RAMPART_GATEWAY_PORT: String(port) };
  gateway = await startGatewayProcess(env);
});
beforeEach(async () => {
  identity = await enrolHost(database, scope, port);
});
afterAll(async () => {
  await gateway.stop();
  await database.close();
  await postgres.stop();
  await scratch.remove();
});

/** Over a connection of its own, as the server is killed in between. */
async function ask<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

async function storedSequences(): Promise<number[]> {
  const sql = "select sequence::int from fleet_frame where defender_id = $1 order by 1";
  return (await ask<{ sequence: number }>(sql, [identity.defenderId])).map((row) => row.sequence);
}

const oneTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
type Bulk = Awaited<ReturnType<typeof openBulk>>["lane"];
const acknowledged = (lane: Bulk) =>
  Math.max(0, ...lane.received.map((frame) => (frame.type === "ack" ? frame.sequence : 0)));

describe("a gateway killed in the middle of reports", () => {
  test("has stored what it acknowledged, and after the replay every report exactly once", async () => {
    const epoch = newEpoch();
    const reports = await Promise.all(oneTo(300).map((sequence) => newReport(epoch, sequence, 2_000)));
    const first = await openBulk(port, identity, epoch);
    for (const report of reports) first.lane.send(report);
    await until("some are acknowledged", () => acknowledged(first.lane) > 0);
    await gateway.kill();
    await first.lane.closed;
    const promised = acknowledged(first.lane);
    expect(promised).toBeLessThan(300);
    expect((await storedSequences()).slice(0, promised)).toEqual(oneTo(promised));

    gateway = await startGatewayProcess(env);
    const second = await openBulk(port, identity, epoch);
    expect(second.durable).toBeGreaterThanOrEqual(promised);
    for (const report of reports) second.lane.send(report);
    await until("all are acknowledged", () => acknowledged(second.lane) === 300);
    expect(await storedSequences()).toEqual(oneTo(300));
    second.lane.socket.terminate();
  });
});

describe("a gateway whose database is away", () => {
  test("loses nothing, acknowledges nothing meanwhile, and keeps answering heartbeats", async () => {
    const epoch = newEpoch();
    const control = await openControl(port, identity);
    await control.next("welcome");
    const { lane } = await openBulk(port, identity, epoch);
    lane.send(await newReport(epoch, 1));
    await until("the first is acknowledged", () => acknowledged(lane) === 1);

    await postgres.kill();
    const killedAt = performance.now();
    for (const sequence of oneTo(200).slice(1)) lane.send(await newReport(epoch, sequence, 100_000));
    for (let beat = 1; performance.now() - killedAt < 5_000; beat += 1) {
      control.send(encodeFrame(newHeartbeat(beat)));
      const answeredWithin = performance.now();
      await control.next("heartbeat.seen");
      expect(performance.now() - answeredWithin).toBeLessThan(1_000);
      await new Promise((resolve) => setImmediate(resolve));
      await until("a moment has passed", () => performance.now() - answeredWithin > 250);
    }
    expect(acknowledged(lane)).toBe(1);

    await postgres.start();
    await until("all are acknowledged", () => acknowledged(lane) === 200, 30_000);
    expect(await storedSequences()).toEqual(oneTo(200));
    expect(lane.socket.readyState).toBe(lane.socket.OPEN);
    expect(await countListeners()).toBe(1);
    for (const socket of [control.socket, lane.socket]) socket.terminate();
  });
});

describe("a gateway that is asked to stop", () => {
  test("finishes its batch, tells every Defender when to come back, and ends with code 0", async () => {
    const epoch = newEpoch();
    const control = await openControl(port, identity);
    await control.next("welcome");
    const { lane } = await openBulk(port, identity, epoch);
    for (const sequence of oneTo(20)) lane.send(await newReport(epoch, sequence));
    await until("they are acknowledged", () => acknowledged(lane) === 20);
    const stopped = gateway.stop();
    for (const closed of await Promise.all([control.closed, lane.closed])) {
      expect(closed.code).toBe(closeCodes.returnLater);
      expect(closed.returnAfterMs).toBeGreaterThanOrEqual(0);
    }
    expect(await stopped).toBe(0);
    expect(await storedSequences()).toEqual(oneTo(20));
    gateway = await startGatewayProcess(env);
  });
});

/** Connections that listen for notices: one per gateway, also after the database was away. */
async function countListeners(): Promise<number> {
  const sql = `select count(*)::int as listeners from pg_stat_activity where query like 'listen "rampart_fleet"'`;
  const [row] = await ask<{ listeners: number }>(sql);
  return row?.listeners ?? 0;
}
