import { permissions, type Permission } from "@rampart/kernel";
import type { RestAnswer, RestMethod, RestRoute } from "@rampart/rpc";
import { sealerFromKey } from "@rampart/secrets";
import { testCaller, testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { feedLocationRoutes } from "./feed-locations.ts";

let db: TestDatabase;
beforeAll(async () => void (db = await testDatabase()));
afterAll(() => db.drop());

type Given = Readonly<{ query?: object; body?: unknown; granted?: readonly Permission[] }>;

async function ask(method: RestMethod, { query = {}, body, granted = permissions }: Given = {}): Promise<RestAnswer> {
  const route = feedLocationRoutes.find((one: RestRoute) => one.method === method);
  if (route === undefined) throw new Error(`no route ${method}`);
  const request = {
    platform: { database: db.database, sealer: sealerFromKey(new Uint8Array(32)) },
    caller: testCaller(granted),
    query: route.query.parse(query),
    body: route.body?.parse(body),
  };
  return route.run(request as unknown as Parameters<RestRoute["run"]>[0]); // the dispatcher's own widening
}

const location = "https://central.example/api/v1/feeds/bundle";
const credential = { kind: "bearer", token: "s3cret-token" };

test("a program sets a location with a credential, reads it back without, and takes it away", async () => {
  await ask("put", { body: { location, everyHours: 6, credential } });
  const listed = await ask("get");
  expect(listed).toMatchObject({ kind: "rows", total: 1, rows: [{ location, everyHours: 6, credential: "bearer" }] });
  expect(JSON.stringify(listed)).not.toContain(credential.token);
  await ask("put", { body: { location, everyHours: 12 } });
  expect(await ask("get")).toMatchObject({ rows: [{ everyHours: 12, credential: "bearer" }] });
  await ask("put", { body: { location, credential: null } });
  expect(await ask("get")).toMatchObject({ rows: [{ credential: null }] });
  await ask("delete", { query: { location } });
  expect(await ask("get")).toMatchObject({ rows: [] });
});

test.for([
  { kind: "basic", username: "a:b", password: "x" },
  { kind: "basic", username: "ann\r\nX-Evil: 1", password: "x" },
  { kind: "bearer", token: "two words" },
  { kind: "digest", token: "x" },
])("a credential that no header can carry is refused: %j", async (bad) => {
  await expect(ask("put", { body: { location, credential: bad } })).rejects.toThrow();
});

test("whoever may not operate the installation neither reads nor changes locations", async () => {
  const granted = ["vulnerabilities.read", "vulnerabilities.write"] as const;
  await expect(ask("get", { granted })).rejects.toThrow(/operations\.read/);
  await expect(ask("put", { granted, body: { location } })).rejects.toThrow(/operations\.write/);
  await expect(ask("delete", { granted, query: { location } })).rejects.toThrow(/operations\.write/);
});
