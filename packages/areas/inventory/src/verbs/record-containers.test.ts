import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ListContainers } from "../contract.ts";
import { container, factTypes, hostA, hostB, inventoryCtx, order } from "../fixture/inventory-fixture.ts";
import type { InventoryCtx } from "../ports.ts";
import { listContainers } from "./list-containers.ts";
import { recordContainer } from "./record-container.ts";
import { recordContainers } from "./record-containers.ts";

let db: TestDatabase;
beforeAll(async () => void (db = await testDatabase()));
afterAll(() => db.drop());

const web = container("1");
const shop = container("2", { name: "shop" });
const names = async (ctx: InventoryCtx): Promise<string[]> =>
  (await listContainers(ctx, ListContainers.parse({}))).rows.map((row) => row.name);

describe("recordContainers", () => {
  test("refuses without permission", async () => {
    const ctx = inventoryCtx(db, await db.newProject(), ["inventory.read"]);
    const asked = recordContainers(ctx, { host: hostA, order: order(1), containers: [web] });
    await expect(asked).rejects.toThrow(/inventory\.write/);
  });

  test("another project does not see the containers", async () => {
    const mine = inventoryCtx(db, await db.newProject());
    const other = inventoryCtx(db, await db.newProject());
    await recordContainers(mine, { host: hostA, order: order(1), containers: [web] });
    expect(await names(other)).toEqual([]);
  });

  test("running it twice changes nothing more", async () => {
    const scope = await db.newProject();
    const ctx = inventoryCtx(db, scope);
    await recordContainers(ctx, { host: hostA, order: order(1), containers: [web] });
    await recordContainers(ctx, { host: hostA, order: order(1), containers: [web] });
    expect(await names(ctx)).toEqual(["web-1"]);
    expect(await factTypes(db, scope)).toEqual(["inventory.containers-changed"]);
  });

  test("what the list does not name is gone, on this host only", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await recordContainers(ctx, { host: hostA, order: order(1), containers: [web, shop] });
    await recordContainers(ctx, { host: hostB, order: order(1), containers: [web] });
    await recordContainers(ctx, { host: hostA, order: order(2), containers: [shop] });
    expect(await names(ctx)).toEqual(["shop", "web-1"]);
  });

  test("an older list does not undo a later one", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await recordContainers(ctx, { host: hostA, order: order(2), containers: [web, shop] });
    expect(await recordContainers(ctx, { host: hostA, order: order(1), containers: [] })).toBe("stale");
    expect(await names(ctx)).toHaveLength(2);
  });

  test("a full list of the largest host is stored", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    const many = Array.from({ length: 5_000 }, (_, index) => ({ ...web, id: index.toString(16).padStart(64, "0") }));
    await recordContainers(ctx, { host: hostA, order: order(1), containers: many });
    expect((await listContainers(ctx, ListContainers.parse({}))).total).toBe(5_000);
  });
});

describe("recordContainer", () => {
  const seen = (given = web) => ({ kind: "seen", container: given }) as const;
  const removed = { kind: "removed", id: web.id } as const;

  test("refuses without permission", async () => {
    const ctx = inventoryCtx(db, await db.newProject(), ["inventory.read"]);
    await expect(recordContainer(ctx, { host: hostA, order: order(1), change: seen() })).rejects.toThrow(
      /inventory\.write/,
    );
  });

  test("shows the container under its host's name before the host was inspected", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await recordContainer(ctx, { host: hostA, order: order(1), change: seen() });
    const { rows } = await listContainers(ctx, ListContainers.parse({}));
    expect(rows).toMatchObject([{ name: "web-1", hostname: "node-a", state: "running", labels: { team: "shop" } }]);
  });

  test.for([
    ["a start that arrives after the removal does not revive the container", [2, removed], [1, seen()], []],
    ["a removal that arrives after a later restart does not hide the container", [2, seen()], [1, removed], ["web-1"]],
    ["a removal is final for what came before", [1, seen()], [2, removed], []],
    ["a later start shows the container again", [1, removed], [2, seen()], ["web-1"]],
  ] as const)("%s", async ([, first, second, left]) => {
    const ctx = inventoryCtx(db, await db.newProject());
    for (const [sequence, change] of [first, second])
      await recordContainer(ctx, { host: hostA, order: order(sequence), change });
    expect(await names(ctx)).toEqual(left);
  });

  test("a change that a later full list already contains is ignored", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await recordContainers(ctx, { host: hostA, order: order(5), containers: [] });
    expect(await recordContainer(ctx, { host: hostA, order: order(4), change: seen() })).toBe("stale");
    expect(await names(ctx)).toEqual([]);
  });
});
