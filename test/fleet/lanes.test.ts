import type { ProjectScope } from "@rampart/kernel";
import { bulkMessageMax, closeCodes, encodeFrame, readPolicySnapshot } from "@rampart/protocol";
import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Identity } from "../../apps/defender/src/link/identity.ts";
import { makeKeyAndRequest } from "../../apps/defender/src/link/make-request.ts";
import type { RunningGateway } from "../../apps/gateway/src/start-gateway.ts";
import { until } from "../servers/until.ts";
import { openGateway } from "./open-gateway.ts";
import { operatorOf } from "./operator.ts";
import { enrolHost, newEpoch, newHeartbeat, newReport, openBulk, openControl, openLane } from "./simulated-host.ts";

let db: TestDatabase;
let gateway: RunningGateway;
let shop: ProjectScope;
let identity: Identity;

beforeAll(async () => {
  db = await testDatabase();
  gateway = await openGateway(db);
  shop = await db.newProject("shop");
});
beforeEach(async () => {
  identity = await enrolHost(db.database, shop, gateway.port);
});
afterAll(async () => {
  await gateway.close();
  await db.drop();
});

const storedOf = async (defenderId: string) =>
  (
    await db.ownerQuery<{ sequence: number }>(
      "select sequence::int from fleet_frame where defender_id = $1 order by 1",
      [defenderId],
    )
  ).map((row) => row.sequence);

describe("the control lane", () => {
  test("answers heartbeats and keeps the Defender connected", async () => {
    const control = await openControl(gateway.port, identity);
    await control.next("welcome");
    control.send(encodeFrame(newHeartbeat(41)));
    expect((await control.next("heartbeat.seen")).beat).toBe(41);
    await until("the beat is recorded", async () => {
      const [row] = await db.ownerQuery<{ beat: { beat: number } | null }>(
        "select beat from fleet_connection where defender_id = $1",
        [identity.defenderId],
      );
      return row?.beat?.beat === 41;
    });
    control.socket.terminate();
    await until("the lease ends with the socket", async () => {
      const [row] = await db.ownerQuery<{ ended: boolean }>(
        "select lease_until <= now() as ended from fleet_connection where defender_id = $1",
        [identity.defenderId],
      );
      return row?.ended;
    });
  });

  test.for([
    ["text that is not JSON", "{"],
    ["a frame of the bulk lane", encodeFrame({ type: "resume", epoch: newEpoch() })],
    ["a heartbeat before hello", encodeFrame(newHeartbeat(1))],
    ["a smuggled project", JSON.stringify({ ...newHeartbeat(1), projectId: newEpoch() })],
    ["binary", new Uint8Array([1, 2, 3])],
  ] as const)("is closed by %s", async ([, garbage]) => {
    const socket = await openLane(gateway.port, "control", identity);
    socket.send(garbage);
    const code = await new Promise((resolve) => socket.once("close", resolve));
    expect(code).toBe(closeCodes.badFrame);
  });

  test("is closed when no protocol version is shared", async () => {
    const control = await openControl(gateway.port, identity, { protocolVersions: [999] });
    expect((await control.closed).code).toBe(closeCodes.versionRefused);
  });

  test("a flood of control frames closes the socket", async () => {
    const control = await openControl(gateway.port, identity);
    await control.next("welcome");
    for (let beat = 0; beat < 200; beat += 1) control.send(encodeFrame(newHeartbeat(beat)));
    expect((await control.closed).code).toBe(closeCodes.badFrame);
  });

  test("a newer socket of the same Defender takes over", async () => {
    const first = await openControl(gateway.port, identity);
    await first.next("welcome");
    const second = await openControl(gateway.port, identity);
    await second.next("welcome");
    expect((await first.closed).code).toBe(closeCodes.superseded);
    second.socket.terminate();
  });

  test("renews the certificate, and refuses a request that is none", async () => {
    const control = await openControl(gateway.port, identity);
    await control.next("welcome");
    const { key, csr } = await makeKeyAndRequest();
    control.send(encodeFrame({ type: "certificate.renew", requestId: newEpoch(), csr }));
    const { certificate, chain } = await control.next("certificate.issued");
    const renewed = await openControl(gateway.port, { ...identity, certificate, chain, key });
    await renewed.next("welcome");
    renewed.send(encodeFrame({ type: "certificate.renew", requestId: newEpoch(), csr: csr.replace("\nMI", "\nAA") }));
    expect((await renewed.next("request.refused")).reason).toMatch(/^fleet\.certificate\./);
    renewed.socket.terminate();
  });

  test("hears nudges, a changed policy, and that it was retired", async () => {
    const control = await openControl(gateway.port, identity);
    const bulk = await openBulk(gateway.port, identity, newEpoch());
    const first = await control.next("policy.snapshot");
    const operator = operatorOf(db.database, shop);
    await operator.nudgeDefender({ project: "shop", id: identity.defenderId, work: "rescan-host" });
    expect((await control.next("nudge")).work).toBe("rescan-host");
    await operator.updateDefenderPolicy({ project: "shop", policy: { scanning: { everyHours: 7 } } });
    const changed = await control.next("policy.snapshot");
    expect(changed.hash).not.toBe(first.hash);
    expect(readPolicySnapshot(changed)).toMatchObject({ ok: true, frame: { scanning: { everyHours: 7 } } });
    control.send(encodeFrame({ type: "policy.applied", hash: changed.hash }));
    await operator.retireDefender({ project: "shop", id: identity.defenderId });
    expect((await control.closed).code).toBe(closeCodes.notEnrolled);
    expect((await bulk.lane.closed).code).toBe(closeCodes.notEnrolled);
  });
});

describe("the bulk lane", () => {
  test("acknowledges once stored, and a replay of the same reports stores nothing twice", async () => {
    const epoch = newEpoch();
    const first = await openBulk(gateway.port, identity, epoch);
    expect(first.durable).toBe(0);
    for (const sequence of [1, 2, 3]) first.lane.send(await newReport(epoch, sequence));
    await until("all three are acknowledged", () =>
      first.lane.received.some((frame) => frame.type === "ack" && frame.sequence === 3),
    );
    expect(await storedOf(identity.defenderId)).toEqual([1, 2, 3]);
    first.lane.socket.terminate();
    const second = await openBulk(gateway.port, identity, epoch);
    expect(second.durable).toBe(3);
    for (const sequence of [2, 3, 4]) second.lane.send(await newReport(epoch, sequence));
    await until("the fourth is acknowledged", () =>
      second.lane.received.some((frame) => frame.type === "ack" && frame.sequence === 4),
    );
    expect(await storedOf(identity.defenderId)).toEqual([1, 2, 3, 4]);
    second.lane.socket.terminate();
  });

  test.for([
    ["an unreadable header", () => Promise.resolve(new Uint8Array([0, 200, 1, 2]))],
    ["an epoch that was not resumed", () => newReport(newEpoch(), 1)],
  ] as const)("is closed by a report with %s", async ([, report]) => {
    const { lane } = await openBulk(gateway.port, identity, newEpoch());
    lane.send(await report());
    expect((await lane.closed).code).toBe(closeCodes.badFrame);
    expect(await storedOf(identity.defenderId)).toEqual([]);
  });

  test("is closed by a report that counts backwards", async () => {
    const epoch = newEpoch();
    const { lane } = await openBulk(gateway.port, identity, epoch);
    lane.send(await newReport(epoch, 2));
    lane.send(await newReport(epoch, 1));
    expect((await lane.closed).code).toBe(closeCodes.badFrame);
  });

  test("takes a report of the largest size and none above it", async () => {
    const epoch = newEpoch();
    const { lane } = await openBulk(gateway.port, identity, epoch);
    lane.send(await newReport(epoch, 1, bulkMessageMax - 256));
    await until(
      "the large report is acknowledged",
      () => lane.received.some((frame) => frame.type === "ack" && frame.sequence === 1),
      30_000,
    );
    lane.send(await newReport(epoch, 2, bulkMessageMax + 1));
    // RFC 6455, section 7.4.1: message too big.
    expect((await lane.closed).code).toBe(1009);
    expect(await storedOf(identity.defenderId)).toEqual([1]);
  });

  test("heartbeats are answered while reports flood in", async () => {
    const epoch = newEpoch();
    const control = await openControl(gateway.port, identity);
    await control.next("welcome");
    const { lane } = await openBulk(gateway.port, identity, epoch);
    const reports = 60;
    for (let sequence = 1; sequence <= reports; sequence += 1) lane.send(await newReport(epoch, sequence, 1024 * 1024));
    const delays: number[] = [];
    for (let beat = 1; beat <= 20; beat += 1) {
      const sentAt = performance.now();
      control.send(encodeFrame(newHeartbeat(beat)));
      await control.next("heartbeat.seen");
      delays.push(performance.now() - sentAt);
    }
    const isFlooding = !lane.received.some((frame) => frame.type === "ack" && frame.sequence === reports);
    await until(
      "the flood is stored",
      () => lane.received.some((frame) => frame.type === "ack" && frame.sequence === reports),
      60_000,
    );
    expect(isFlooding).toBe(true);
    expect(Math.max(...delays)).toBeLessThan(1_000);
    expect(await storedOf(identity.defenderId)).toHaveLength(reports);
    for (const socket of [control.socket, lane.socket]) socket.terminate();
  });
});
