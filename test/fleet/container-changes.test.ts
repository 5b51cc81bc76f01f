import { mkdir, stat, symlink } from "node:fs/promises";
import path from "node:path";
import { claimFrames } from "@rampart/fleet";
import { getContainerChanges, listContainers, listImages, type InventoryCtx } from "@rampart/inventory";
import { bindInventory } from "@rampart/inventory/bind";
import { ListContainers, ListImages, type ContainerRow } from "@rampart/inventory/contract";
import { inventoryJobs } from "@rampart/inventory/jobs";
import type { ProjectScope } from "@rampart/kernel";
import { testCaller, testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Daemon } from "../servers/daemon.ts";
import { startDockerd } from "../servers/dockerd.ts";
import type { Engine } from "../servers/engine.ts";
import { addLayer, loadDebian } from "../servers/images.ts";
import { makeScratch } from "../servers/scratch.ts";
import { until } from "../servers/until.ts";
import { inviteHost, makeHostRoot, startDefender, startGateway, type Gateway } from "./defended-host.ts";
import { operatorOf } from "./operator.ts";

/** A real Defender compares real containers with their image: one is changed from within, the other is left alone. */
describe("changes of containers", () => {
  let db: TestDatabase;
  let scope: ProjectScope;
  let engine: Engine;
  let gateway: Gateway;
  let defender: Daemon;
  let scratch: Awaited<ReturnType<typeof makeScratch>>;
  let ctx: InventoryCtx;
  const types: string[] = [];
  const settleMs = 60_000;

  beforeAll(async () => {
    db = await testDatabase();
    scope = await db.newProject();
    ctx = bindInventory(db, scope, testCaller());
    scratch = await makeScratch("changes");
    engine = await startDockerd();
    await loadDebian(engine, "bookworm", { name: "shop/base:1" });
    const modules = "app/node_modules/express";
    await addLayer(engine, {
      from: "shop/base:1",
      name: "shop/web:1",
      folder: path.join(scratch.path, "layer"),
      files: {
        [`${modules}/package.json`]: '{"name":"express","version":"4.0.0"}',
        [`${modules}/node_modules/qs/package.json`]: '{"name":"qs","version":"6.0.0"}',
      },
    });
    for (const name of ["changed", "untouched"])
      await engine.run(["run", "--detach", "--name", name, "shop/web:1", ...sleep]);
    gateway = await startGateway(db, scratch.path);
    defender = startDefender({
      gatewayUrl: gateway.url,
      folder: path.join(scratch.path, "state"),
      invitation: await inviteHost(db, scope, gateway.url),
      hostRoot: await hostRootWithEngine(),
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

  /** The Defender of a host finds the engine's folders below the root of the host. */
  async function hostRootWithEngine(): Promise<string> {
    const hostRoot = await makeHostRoot(scratch.path);
    const folder = path.dirname(engine.socket);
    await mkdir(path.join(hostRoot, path.dirname(folder)), { recursive: true });
    await symlink(folder, path.join(hostRoot, folder));
    return hostRoot;
  }

  /** Types of the reports that came, with the container that they are about. */
  async function apply(): Promise<void> {
    const [ingest] = inventoryJobs({ database: db.database });
    for (const frame of await claimFrames(db.database, 1_000)) {
      const [stored] = await db.ownerQuery<{ type: string }>(
        "select type from fleet_frame where defender_id = $1 and epoch = $2 and sequence = $3",
        [frame.defenderId, frame.epoch, frame.sequence],
      );
      types.push(stored?.type ?? "");
      await ingest?.run(scope, frame);
    }
  }

  const eventually = <T>(what: string, ask: () => Promise<T | false | undefined | null>) =>
    until(what, async () => (await apply(), ask()), settleMs).catch((error: unknown) => {
      throw new Error(`${String(error)}\nDefender: ${defender.lastWords()}`);
    });
  const containers = async (): Promise<ReadonlyMap<string, ContainerRow>> =>
    new Map((await listContainers(ctx, ListContainers.parse({}))).rows.map((row) => [row.name, row]));
  const changesOf = async (name: string) => (await containers()).get(name)?.changes;
  const inside = (script: string) => engine.run(["exec", "changed", "sh", "-ec", script]);

  /** A person asks the Defender to look again; resolves when it has. */
  async function lookAgain(): Promise<void> {
    const id = (await containers()).get("changed")?.hostId ?? "";
    const state = path.join(scratch.path, "state/changes/state.json");
    const lookedAt = async () => (await stat(state).catch(() => null))?.mtimeMs ?? 0;
    const before = await lookedAt();
    await operatorOf(db.database, scope).nudgeDefender({ project: "shop", id, work: "rescan-images" });
    await eventually("a look", async () => (await lookedAt()) > before);
  }

  test("are reported of the container that was changed, and not of the other", async () => {
    await eventually("the image", async () => {
      const { rows } = await listImages(ctx, ListImages.parse({ names: ["shop/web:1"] }));
      return rows[0]?.scanState === "scanned";
    });
    await inside(changeScript);
    await lookAgain();
    const counts = await eventually("the changes", () => changesOf("changed"));
    expect(counts).toMatchObject({ added: 2, replaced: 1, removed: 2, secrets: 1, complete: true });
    const { id = "", hostId = "" } = (await containers()).get("changed") ?? {};
    const { packages, secrets } = await getContainerChanges(ctx, { hostId, containerId: id });
    const told = packages.map(({ change, package: found }) => [change, found.name, found.version, found.path]);
    expect(told).toEqual([
      ["added", "planted-tool", "1.0-1", undefined],
      ["replaced", "express", "5.0.0", "app/node_modules/express/package.json"],
      ["added", "left-pad", "1.3.0", "srv/node_modules/left-pad/package.json"],
      ["removed", "gzip", expect.any(String), undefined],
      ["removed", "qs", "6.0.0", "app/node_modules/express/node_modules/qs/package.json"],
    ]);
    expect(secrets).toMatchObject([{ kind: "private-key", path: "root/.ssh/id_rsa" }]);
  });

  test("are not reported again when the container writes data, and once more when it changes further", async () => {
    await inside("echo request served >> /var/log/app.log");
    await lookAgain();
    await inside("rm /root/.ssh/id_rsa");
    await lookAgain();
    await eventually("the change", async () => (await changesOf("changed"))?.secrets === 0);
    expect(await changesOf("untouched")).toBeNull();
    expect(types.filter((type) => type === "container.contents")).toHaveLength(2);
  });

  test("go with the container", async () => {
    await engine.run(["rm", "--force", "--volumes", "changed"]);
    await eventually("its end", async () => !(await containers()).has("changed"));
    expect(await db.ownerQuery("select 1 from inventory_container_change")).toEqual([]);
  });
});

const sleep = ["sh", "-c", 'trap "exit 0" TERM; while true; do sleep 1 & wait $!; done'];

/** What apt, npm and an intruder leave behind; a folder that npm makes anew hides what the image has there. */
const changeScript = `
  awk 'BEGIN { RS = ""; ORS = "\\n\\n" } !/^Package: gzip\\n/' /var/lib/dpkg/status > /var/lib/dpkg/status.new
  printf 'Package: planted-tool\\nStatus: install ok installed\\nArchitecture: amd64\\nVersion: 1.0-1\\n\\n' >> /var/lib/dpkg/status.new
  mv /var/lib/dpkg/status.new /var/lib/dpkg/status
  mkdir -p /srv/node_modules/left-pad /root/.ssh
  echo '{"name":"left-pad","version":"1.3.0"}' > /srv/node_modules/left-pad/package.json
  rm -r /app/node_modules/express
  mkdir /app/node_modules/express
  echo '{"name":"express","version":"5.0.0"}' > /app/node_modules/express/package.json
  { echo '-----BEGIN RSA PRIVATE KEY-----'; head -c 900 /dev/urandom | base64; echo '-----END RSA PRIVATE KEY-----'; } > /root/.ssh/id_rsa
`;
