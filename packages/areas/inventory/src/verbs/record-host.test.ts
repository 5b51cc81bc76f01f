import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ListHosts } from "../contract.ts";
import {
  debianInventory,
  debianPackage,
  factTypes,
  hostA,
  hostFacts,
  inventoryCtx,
  order,
} from "../fixture/inventory-fixture.ts";
import { getHost } from "./get-host.ts";
import { listHosts } from "./list-hosts.ts";
import { listResourcePackages } from "./list-resource-packages.ts";
import { recordContainers } from "./record-containers.ts";
import { recordHost } from "./record-host.ts";

let db: TestDatabase;
beforeAll(async () => void (db = await testDatabase()));
afterAll(() => db.drop());

const host = hostFacts({
  machine: { cpuCount: 2, memoryBytes: 8_000_000_000 },
  engine: { kind: "docker", version: "20.10.24" },
});
const inventory = debianInventory();

describe("recordHost", () => {
  test("refuses without permission", async () => {
    const ctx = inventoryCtx(db, await db.newProject(), ["inventory.read"]);
    await expect(recordHost(ctx, { order: order(1), host, inventory })).rejects.toThrow(/inventory\.write/);
  });

  test("another project does not see the host", async () => {
    const mine = inventoryCtx(db, await db.newProject());
    const other = inventoryCtx(db, await db.newProject());
    await recordHost(mine, { order: order(1), host, inventory });
    expect((await listHosts(other, ListHosts.parse({}))).total).toBe(0);
    await expect(getHost(other, { id: host.id })).rejects.toThrow(/no host/);
  });

  test("running it twice changes nothing more", async () => {
    const scope = await db.newProject();
    const ctx = inventoryCtx(db, scope);
    expect(await recordHost(ctx, { order: order(1), host, inventory })).toBe("recorded");
    const before = await getHost(ctx, { id: host.id });
    expect(await recordHost(ctx, { order: order(1), host, inventory })).toBe("unchanged");
    expect(await getHost(ctx, { id: host.id })).toEqual(before);
    expect(await factTypes(db, scope)).toEqual(["inventory.resource-recorded"]);
  });

  test("stores the machine, its engine and its packages", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await recordHost(ctx, { order: order(1), host, inventory });
    expect(await getHost(ctx, { id: host.id })).toMatchObject({
      ...hostA,
      os: "Debian GNU/Linux 12 (bookworm)",
      engine: { kind: "docker", version: "20.10.24" },
      machine: { cpuCount: 2 },
      packageCount: 1,
      complete: true,
    });
    const packages = await listResourcePackages(ctx, { resourceKind: "host", resourceId: host.id });
    expect(packages).toMatchObject({ name: "node-a", hosts: [hostA], packages: [{ name: "bash" }] });
  });

  test("an older report does not undo a later one", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    const later = debianInventory([debianPackage("bash", "2.0-1")]);
    await recordHost(ctx, { order: order(2), host, inventory: later });
    expect(await recordHost(ctx, { order: order(1), host, inventory })).toBe("stale");
    const { packages } = await listResourcePackages(ctx, { resourceKind: "host", resourceId: host.id });
    expect(packages.map((found) => found.version)).toEqual(["2.0-1"]);
  });

  test("a host is known by name as soon as it reports containers", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await recordContainers(ctx, { host: hostA, order: order(1), containers: [] });
    const { rows } = await listHosts(ctx, ListHosts.parse({}));
    expect(rows).toMatchObject([{ ...hostA, scanState: "pending", complete: false }]);
    expect(await recordHost(ctx, { order: order(1), host, inventory })).toBe("recorded");
  });
});
