import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ListContainers } from "../contract.ts";
import {
  container,
  debianPackage,
  digest,
  factTypes,
  hostA,
  hostB,
  inventoryCtx,
  order,
} from "../fixture/inventory-fixture.ts";
import type { ContainerContents, InventoryCtx } from "../ports.ts";
import { getContainerChanges } from "./get-container-changes.ts";
import { listContainers } from "./list-containers.ts";
import { recordContainer } from "./record-container.ts";
import { recordContainers } from "./record-containers.ts";
import { recordContainerChanges } from "./record-container-changes.ts";

let db: TestDatabase;
beforeAll(async () => void (db = await testDatabase()));
afterAll(() => db.drop());

const web = container("1");
const asked = { hostId: hostA.id, containerId: web.id };
const curl = { ...debianPackage("curl"), path: "usr/bin/curl" };
const contents = (more: Partial<ContainerContents> = {}): ContainerContents => ({
  containerId: web.id,
  imageId: digest("a"),
  added: [curl, debianPackage("bash", "5.3")],
  removed: [debianPackage("bash", "5.2"), debianPackage("tar")],
  secrets: [{ kind: "private-key", path: "root/.ssh/id_rsa", line: 1, hint: "RSA" }],
  warnings: [],
  ...more,
});
const nothing = contents({ added: [], removed: [], secrets: [] });
const report = (ctx: InventoryCtx, sequence: number, given = contents(), host = hostA) =>
  recordContainerChanges(ctx, { host, order: order(sequence), contents: given });
const list = (ctx: InventoryCtx, sequence: number, containers = [web]) =>
  recordContainers(ctx, { host: hostA, order: order(sequence), containers });
const listed = async (ctx: InventoryCtx, changed?: boolean) =>
  (await listContainers(ctx, ListContainers.parse({ changed }))).rows;

describe("recordContainerChanges", () => {
  test("refuses without permission: a reader changes nothing, a stranger reads nothing", async () => {
    const scope = await db.newProject();
    await list(inventoryCtx(db, scope), 1);
    await expect(report(inventoryCtx(db, scope, ["inventory.read"]), 2)).rejects.toThrow(/inventory\.write/);
    for (const granted of [["inventory.write"], []] as const) {
      await expect(getContainerChanges(inventoryCtx(db, scope, granted), asked)).rejects.toThrow(/inventory\.read/);
    }
  });

  test("another project sees nothing of it, in the list, by id, or in the table", async () => {
    const mine = inventoryCtx(db, await db.newProject());
    const stranger = await db.newProject();
    const other = inventoryCtx(db, stranger);
    await list(mine, 1);
    await report(mine, 2);
    await expect(getContainerChanges(other, asked)).rejects.toThrow(/There is no container/);
    await list(other, 1);
    expect(await listed(other)).toMatchObject([{ id: web.id, changes: null }]);
    expect((await getContainerChanges(other, asked)).packages).toEqual([]);
    const rows = await db.database.read(stranger, (tx) =>
      tx.$queryRawUnsafe<unknown[]>("select * from inventory_container_change"),
    );
    expect(rows).toEqual([]);
  });

  test("shows with the container what came, what went and what has another version", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await list(ctx, 1, [web, container("2")]);
    await report(ctx, 2);
    const counts = { added: 1, replaced: 1, removed: 1, secrets: 1, complete: true };
    const at = order(2).at.toISOString();
    expect(await listed(ctx, true)).toMatchObject([
      { id: web.id, changes: { ...counts, firstSeenAt: at, reportedAt: at } },
    ]);
    expect(await listed(ctx, false)).toMatchObject([{ name: "web-2", changes: null }]);
    const found = await getContainerChanges(ctx, asked);
    expect(found).toMatchObject({ containerName: "web-1", hostname: "node-a", counts, secrets: contents().secrets });
    expect(found.packages.map(({ change, package: { name, version }, from }) => [change, name, version, from])).toEqual(
      [
        ["added", "curl", "1.0-1", undefined],
        ["replaced", "bash", "5.3", "5.2"],
        ["removed", "tar", "1.0-1", undefined],
      ],
    );
  });

  test("running it twice changes nothing more", async () => {
    const scope = await db.newProject();
    const ctx = inventoryCtx(db, scope);
    await list(ctx, 1);
    expect(await report(ctx, 2)).toBe("recorded");
    expect(await report(ctx, 2)).toBe("unchanged");
    expect(await factTypes(db, scope)).toEqual([
      "inventory.containers-changed",
      "inventory.container-contents-changed",
    ]);
  });

  test("an older report does not undo a later one; a container that is as its image again is told so", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await list(ctx, 1);
    await report(ctx, 3, nothing);
    expect(await report(ctx, 2)).toBe("stale");
    expect(await listed(ctx, true)).toEqual([]);
    expect(await report(ctx, 4)).toBe("recorded");
    expect(await report(ctx, 5, nothing)).toBe("recorded");
    expect((await getContainerChanges(ctx, asked)).counts).toBeNull();
  });

  test("what could not be read in full never looks unchanged", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await list(ctx, 1);
    await report(ctx, 2, { ...nothing, warnings: [{ code: "file-unreadable", message: "damaged" }] });
    expect(await listed(ctx, true)).toMatchObject([{ changes: { added: 0, complete: false } }]);
  });

  test("a report that comes before the container is known is not lost", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await report(ctx, 2);
    await list(ctx, 1);
    expect(await listed(ctx, true)).toHaveLength(1);
  });

  test("the end of one container takes nothing from another that is not known yet", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await report(ctx, 2);
    const change = { kind: "removed", id: container("2").id } as const;
    await recordContainer(ctx, { host: hostA, order: order(4), change });
    await recordContainer(ctx, { host: hostA, order: order(1), change: { kind: "seen", container: web } });
    expect(await listed(ctx, true)).toMatchObject([{ id: web.id }]);
  });

  test.for([
    ["list", (ctx: InventoryCtx) => list(ctx, 3, [])],
    [
      "event",
      (ctx: InventoryCtx) =>
        recordContainer(ctx, { host: hostA, order: order(3), change: { kind: "removed", id: web.id } }),
    ],
  ] as const)(
    "goes with its container by a %s, on this host only; a late report does not bring it back",
    async ([, remove]) => {
      const scope = await db.newProject();
      const ctx = inventoryCtx(db, scope);
      await list(ctx, 1);
      await report(ctx, 2);
      await report(ctx, 2, contents(), hostB);
      await remove(ctx);
      expect(await report(ctx, 2)).toBe("stale");
      const rows = await db.ownerQuery<{ host_id: string }>(
        "select host_id from inventory_container_change where project_id = $1",
        [scope.projectId],
      );
      expect(rows).toEqual([{ host_id: hostB.id }]);
    },
  );
});
