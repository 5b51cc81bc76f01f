import { sharedPostgres } from "@rampart/testing";
import pg from "pg";
import { expect, test } from "vitest";
import { startPostgres } from "./postgres.ts";
import { startRedis } from "./redis.ts";

test("a killed PostgreSQL keeps what was committed", async () => {
  const server = await startPostgres({});
  const url = await server.createDatabase("kept");
  await query(url, "create table note as select 1 as id");
  await server.kill();
  await server.start();
  expect(await query(url, "select id from note")).toEqual([{ id: 1 }]);
  await server.stop();
});

test("all suites of a run share one PostgreSQL", async () => {
  const { ownerUrl } = await sharedPostgres();
  expect((await sharedPostgres()).ownerUrl).toBe(ownerUrl);
  expect(await query(ownerUrl, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a Redis that lost everything answers on the same port", async () => {
  const server = await startRedis();
  const comeBack = await server.goAway();
  await comeBack();
  await server.stop();
});

async function query(connectionString: string, sql: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
