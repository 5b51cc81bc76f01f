import { connect, createServer, type Server, type Socket } from "node:net";
import path from "node:path";
import { listHosts, listImages, type InventoryCtx } from "@rampart/inventory";
import { bindInventory } from "@rampart/inventory/bind";
import { ListHosts, ListImages } from "@rampart/inventory/contract";
import type { ProjectScope } from "@rampart/kernel";
import { silenceMaxMs } from "@rampart/protocol";
import { testCaller, testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  applyReports,
  inviteHost,
  makeHostRoot,
  startDefender,
  startGateway,
  type Gateway,
} from "../fleet/defended-host.ts";
import type { Daemon } from "../servers/daemon.ts";
import { startDockerd } from "../servers/dockerd.ts";
import type { Engine } from "../servers/engine.ts";
import { loadBusybox } from "../servers/images.ts";
import { makeScratch } from "../servers/scratch.ts";
import { patiently } from "./patiently.ts";

/** A Defender that reaches its gateway through a relay, which can cut its sockets or swallow what goes over them. */
let db: TestDatabase;
let scope: ProjectScope;
let ctx: InventoryCtx;
let engine: Engine;
let gateway: Gateway;
let between: Relay;
let defender: Daemon;
let scratch: Awaited<ReturnType<typeof makeScratch>>;

beforeAll(async () => {
  db = await testDatabase();
  scope = await db.newProject();
  ctx = bindInventory(db, scope, testCaller());
  scratch = await makeScratch("cut");
  engine = await startDockerd();
  gateway = await startGateway(db, scratch.path);
  between = await startRelay(gateway.port);
  const gatewayUrl = `https://localhost:${between.port}`;
  defender = startDefender({
    gatewayUrl,
    folder: path.join(scratch.path, "state"),
    invitation: await inviteHost(db, scope, gatewayUrl),
    hostRoot: await makeHostRoot(scratch.path),
    containerSocket: engine.socket,
  });
  await patiently("the host", async () => (await hosts()).some((row) => row.scanState === "scanned"), 30_000);
});
afterAll(async () => {
  await defender?.stop();
  await gateway?.daemon.stop();
  between?.close();
  await engine?.stop();
  await db?.drop();
  await scratch?.remove();
});

async function hosts() {
  await applyReports(db.database, scope);
  return (await listHosts(ctx, ListHosts.parse({}))).rows;
}

async function isReported(name: string): Promise<boolean> {
  await applyReports(db.database, scope);
  const { rows } = await listImages(ctx, ListImages.parse({}));
  return rows.some((row) => row.name === name && row.scanState === "scanned");
}

test("sockets that are cut: the Defender comes back by itself and reports what happened meanwhile", async () => {
  between.cut();
  await loadBusybox(engine, { name: "after/cut:1" });
  await patiently("the image", () => isReported("after/cut:1"), 30_000);
  expect(between.accepted()).toBeGreaterThanOrEqual(4);
});

test("sockets that are open but carry nothing: the Defender gives them up and reports over new ones", async () => {
  const before = between.accepted();
  between.swallow();
  await loadBusybox(engine, { name: "half/open:1" });
  // Silence is noticed at the first ping after the longest silence; then come the delay and the new handshake.
  await patiently("the image", () => isReported("half/open:1"), silenceMaxMs + 30_000);
  await patiently("both lanes", async () => between.accepted() - before >= 2, 30_000);
});

type Relay = Readonly<{
  port: number;
  /** Connections so far. */
  accepted(): number;
  /** Ends all connections at once, without a word. */
  cut(): void;
  /** From now on the present connections stay open and carry nothing; later ones work. */
  swallow(): void;
  close(): void;
}>;

function startRelay(target: number): Promise<Relay> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let accepted = 0;
  const server: Server = createServer((near) => {
    accepted += 1;
    const far = connect(target, "127.0.0.1");
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [far, near] as const]) {
      from.pipe(to);
      from.on("error", () => to.destroy());
      from.on("close", () => pairs.delete(pair));
    }
  });
  const sockets = () => [...pairs].flat();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      // The address of a TCP server is never a path.
      const { port } = server.address() as { port: number };
      resolve({
        port,
        accepted: () => accepted,
        cut: () => sockets().forEach((socket) => socket.resetAndDestroy()),
        swallow: () => sockets().forEach((socket) => socket.unpipe().resume()),
        close: () => {
          sockets().forEach((socket) => socket.destroy());
          server.close();
        },
      });
    });
  });
}
