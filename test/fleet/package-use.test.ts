import path from "node:path";
import { listHosts, listImages, listPackages, type InventoryCtx } from "@rampart/inventory";
import { bindInventory } from "@rampart/inventory/bind";
import { ListHosts, ListImages, ListPackages } from "@rampart/inventory/contract";
import type { ProjectScope } from "@rampart/kernel";
import { testCaller, testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Daemon } from "../servers/daemon.ts";
import { startDockerd } from "../servers/dockerd.ts";
import type { Engine } from "../servers/engine.ts";
import { loadDebian } from "../servers/images.ts";
import { makeScratch } from "../servers/scratch.ts";
import { until } from "../servers/until.ts";
import { applyReports, inviteHost, makeHostRoot, startDefender, startGateway, type Gateway } from "./defended-host.ts";

/** A real Defender looks at the processes of a real container: perl, which has mapped more than itself. */
describe("packages in use", () => {
  let db: TestDatabase;
  let scope: ProjectScope;
  let engine: Engine;
  let gateway: Gateway;
  let defender: Daemon;
  let scratch: Awaited<ReturnType<typeof makeScratch>>;
  let ctx: InventoryCtx;
  const settleMs = 60_000;

  beforeAll(async () => {
    db = await testDatabase();
    scope = await db.newProject();
    ctx = bindInventory(db, scope, testCaller());
    scratch = await makeScratch("use");
    engine = await startDockerd();
    await loadDebian(engine, "bookworm", { name: "shop/web:1" });
    await engine.run(["run", "--detach", "--name", "web", "shop/web:1", "perl", "-MPOSIX", "-e", "sleep 3600"]);
    gateway = await startGateway(db, scratch.path);
    defender = startDefender({
      gatewayUrl: gateway.url,
      folder: path.join(scratch.path, "state"),
      invitation: await inviteHost(db, scope, gateway.url),
      hostRoot: await makeHostRoot(scratch.path),
      containerSocket: engine.socket,
    });
  });
  afterAll(async () => {
    await defender?.stop();
    await gateway?.daemon.stop();
    await engine?.stop();
    await db?.drop();
    await scratch?.remove();
  });

  async function packagesThat(use: ListPackages["use"]) {
    const [image] = (await listImages(ctx, ListImages.parse({}))).rows;
    if (image?.scanState !== "scanned") return [];
    const asked = { resourceKind: "image", resourceId: image.id, use, limit: 250 };
    return (await listPackages(ctx, ListPackages.parse(asked))).rows;
  }

  const eventually = <T>(what: string, ask: () => Promise<T | false>) =>
    until(
      what,
      async () => {
        await applyReports(db.database, scope);
        return ask();
      },
      settleMs,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}\nDefender: ${defender.lastWords()}`);
    });

  test("are those whose files a process of the container runs or has mapped, and no others", async () => {
    const used = await eventually("packages in use", async () => {
      const rows = await packagesThat(["used"]);
      return rows.length > 0 && rows;
    });
    const told = new Map(used.map(({ name, use }) => [name, use]));
    expect(told.get("perl-base")).toMatchObject({ evidence: "executable", processes: ["perl"], hosts: 1 });
    expect(told.get("libc6")).toMatchObject({ evidence: "mapped" });
    expect([...told.keys()].toSorted()).toEqual(["libc6", "libcrypt1", "perl-base"]);
    const idle = (await packagesThat(["not-seen"])).map(({ name }) => name);
    expect(idle).toEqual(expect.arrayContaining(["apt", "tar", "bash", "util-linux"]));
  });

  test("grow by what another container of the image runs", async () => {
    await engine.run(["run", "--detach", "shop/web:1", "bash", "-c", "read -t 3600 <> <(:)"]);
    await eventually("bash in use", async () => {
      const rows = await packagesThat(["used"]);
      return rows.some(({ name, use }) => name === "bash" && use?.state === "used" && use.processes.includes("bash"));
    });
  });

  test("are not told of the host where none of its own processes is seen", async () => {
    const [host] = (await listHosts(ctx, ListHosts.parse({ search: "defended" }))).rows;
    const asked = { resourceKind: "host", resourceId: host?.id };
    const { rows } = await listPackages(ctx, ListPackages.parse(asked));
    expect(rows.map(({ use }) => use?.state)).toEqual(["unknown"]);
  });
});
