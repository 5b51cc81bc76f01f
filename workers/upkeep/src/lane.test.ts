import { openFleet } from "../../../packages/areas/fleet/src/testing/fleet-of-project.ts";
import { hello } from "../../../packages/areas/fleet/src/testing/frames.ts";
import { connectDefender } from "@rampart/fleet";
import { systemClock } from "@rampart/kernel";
import { sealerFromKey } from "@rampart/secrets";
import { createLogger } from "@rampart/telemetry";
import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../../../test/servers/until.ts";
import { startUpkeep } from "./lane.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

test("a Defender whose lease ended long ago is told of once, however many lanes run", async () => {
  const scope = await db.newProject();
  const fleet = await openFleet(db.database, systemClock);
  const { defenderId } = await fleet.enrol(scope);
  const connection = { defenderId, connectionId: defenderId, gatewayId: "gw", remoteAddress: null };
  await connectDefender(fleet.ctx(scope), { ...connection, hello: hello() });
  await db.ownerQuery("update fleet_connection set lease_until = now() - interval '1 hour'");
  const logger = createLogger({ process: "upkeep", level: "silent" });
  const platform = { database: db.database, sealer: sealerFromKey(new Uint8Array(32)), logger };
  const lanes = [startUpkeep(platform), startUpkeep(platform)];
  const facts = () => db.ownerQuery("select 1 from platform_outbox where type = 'fleet.defender-disconnected'");
  await until("the fact is stored", async () => (await facts()).length > 0);
  await Promise.all(lanes.map((lane) => lane.close()));
  expect(await facts()).toHaveLength(1);
});
