import { readFile } from "node:fs/promises";
import path from "node:path";
import { listContainers, listHosts, listImages, listResourcePackages, type InventoryCtx } from "@rampart/inventory";
import { bindInventory } from "@rampart/inventory/bind";
import { ListContainers, ListHosts, ListImages } from "@rampart/inventory/contract";
import type { ProjectScope } from "@rampart/kernel";
import { testCaller, testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Daemon } from "../servers/daemon.ts";
import { startDockerd } from "../servers/dockerd.ts";
import type { Engine } from "../servers/engine.ts";
import { loadBusybox, loadDebian } from "../servers/images.ts";
import { startPodman } from "../servers/podman.ts";
import { makeScratch } from "../servers/scratch.ts";
import { until } from "../servers/until.ts";
import { applyReports, inviteHost, makeHostRoot, startDefender, startGateway, type Gateway } from "./defended-host.ts";

/** A real Defender, gateway, database and container engine; only the queue between them is left out. */
describe.each([
  ["dockerd", startDockerd, ""],
  ["podman", startPodman, "localhost/"],
] as const)("a Defender on a host with %s", (_engine, startEngine, registry) => {
  let db: TestDatabase;
  let scope: ProjectScope;
  let engine: Engine;
  let gateway: Gateway;
  let defender: Daemon;
  let scratch: Awaited<ReturnType<typeof makeScratch>>;
  let ctx: InventoryCtx;
  let settings: Parameters<typeof startDefender>[0];

  beforeAll(async () => {
    db = await testDatabase();
    scope = await db.newProject();
    ctx = bindInventory(db, scope, testCaller());
    scratch = await makeScratch("defender");
    engine = await startEngine();
    await loadDebian(engine, "bullseye", { name: "shop/web:1", labels: { team: "shop" } });
    gateway = await startGateway(db, scratch.path);
    const hostRoot = await makeHostRoot(scratch.path);
    const folder = path.join(scratch.path, "state");
    const invitation = await inviteHost(db, scope, gateway.url);
    settings = { gatewayUrl: gateway.url, folder, invitation, hostRoot, containerSocket: engine.socket };
    defender = startDefender(settings);
  });
  afterAll(async () => {
    await defender?.stop();
    await gateway?.daemon.stop();
    await engine?.stop();
    await db?.drop();
    await scratch?.remove();
  });

  /** Applies reports until the answer is what is waited for. */
  const eventually = <T>(what: string, ask: () => Promise<T | null | false | undefined>, deadlineMs = 30_000) =>
    until(
      what,
      async () => {
        await applyReports(db.database, scope);
        return ask();
      },
      deadlineMs,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}\nDefender: ${defender.lastWords()}\nGateway: ${gateway.daemon.lastWords()}`);
    });
  const images = async () => (await listImages(ctx, ListImages.parse({}))).rows;
  const containers = async () => (await listContainers(ctx, ListContainers.parse({}))).rows;

  test("reports the host with its packages", async () => {
    const host = await eventually("the host", async () =>
      (await listHosts(ctx, ListHosts.parse({ search: "defended" }))).rows.find((row) => row.scanState === "scanned"),
    );
    expect(host).toMatchObject({ hostname: "defended", osSupported: true, packageCount: 1, complete: true });
    const { packages } = await listResourcePackages(ctx, { resourceKind: "host", resourceId: host.id });
    expect(packages).toMatchObject([{ name: "libssl3", lookupName: "openssl", version: "3.0.11-1~deb12u1" }]);
  });

  test("reports the images of the engine with labels and packages", async () => {
    const image = await eventually("the image", async () =>
      (await images()).find((row) => row.scanState === "scanned"),
    );
    expect(image).toMatchObject({
      name: `${registry}shop/web:1`,
      labels: { team: "shop" },
      osSupported: true,
      complete: true,
      hostCount: 1,
    });
    expect(image.packageCount).toBeGreaterThan(80);
  });

  test("reports a container as soon as it starts, and when it is gone", async () => {
    await engine.run(["run", "--detach", "--name", "web", "--label", "tier=front", "shop/web:1"]);
    const startedAt = performance.now();
    const web = await eventually("the container", async () =>
      (await containers()).find((row) => row.state === "running"),
    );
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(web).toMatchObject({
      name: "web",
      hostname: "defended",
      imageName: `${registry}shop/web:1`,
      labels: { tier: "front", team: "shop" },
    });
    await engine.run(["rm", "--force", "web"]);
    await eventually("no container", async () => (await containers()).length === 0);
  });

  test("an image that comes later is scanned, one that goes leaves", async () => {
    await loadBusybox(engine, { name: "tool/box:1" });
    const box = await eventually("the new image", async () =>
      (await images()).find((row) => row.name === `${registry}tool/box:1` && row.scanState === "scanned"),
    );
    // No distribution, but the program itself says what it is.
    expect(box).toMatchObject({ os: null, osSupported: false, packageCount: 1 });
    await engine.run(["rmi", "tool/box:1"]);
    await eventually("one image", async () => (await images()).length === 1);
  });

  test("what happens while the gateway is away is told when it is back", async () => {
    await gateway.daemon.kill();
    await engine.run(["run", "--detach", "--name", "meanwhile", "shop/web:1"]);
    gateway = await startGateway(db, scratch.path, gateway.port);
    await eventually("the container", async () => (await containers()).some((row) => row.name === "meanwhile"));
  });

  test("killed in the middle of a scan, it scans again and loses nothing", async () => {
    await loadDebian(engine, "bookworm", { name: "shop/api:1" });
    await until("the start of the scan", async () => defender.isRunning());
    await defender.kill();
    await engine.run(["rm", "--force", "meanwhile"]);
    const { invitation, ...again } = settings;
    defender = startDefender(again);
    await eventually("the scanned image", async () =>
      (await images()).find((row) => row.name === `${registry}shop/api:1` && row.scanState === "scanned"),
    );
    await eventually("no container", async () => (await containers()).length === 0);
  });

  test("sends its token to nobody but the installation that the pin names", async () => {
    const { token } = await inviteHost(db, scope, gateway.url);
    const invitation = { token, pin: `sha256:${"A".repeat(43)}` };
    const stranger = startDefender({ ...settings, folder: path.join(scratch.path, "stranger"), invitation });
    await until("the end of the Defender", () => !stranger.isRunning());
    expect(stranger.lastWords()).toContain("is not the installation that the pin names");
    expect(gateway.daemon.lastWords()).not.toContain("enrolment refused");
  });

  test("stays small when nothing happens", async () => {
    await until("an idle Defender", async () => (await childrenOf(defender.pid)).length === 0);
    expect(await residentMb(defender.pid)).toBeLessThan(80);
  });
});

async function childrenOf(pid: number): Promise<string[]> {
  return (await readFile(`/proc/${pid}/task/${pid}/children`, "utf8")).split(" ").filter(Boolean);
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
}
