import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  container,
  debianInventory,
  digest,
  engineImage,
  hostA,
  inventoryCtx,
  order,
} from "../fixture/inventory-fixture.ts";
import { getImage } from "./get-image.ts";
import { listResourcePackages } from "./list-resource-packages.ts";
import { recordContainers } from "./record-containers.ts";
import { recordImage } from "./record-image.ts";

let db: TestDatabase;
beforeAll(async () => void (db = await testDatabase()));
afterAll(() => db.drop());

const image = engineImage();
const resource = { resourceKind: "image", resourceId: image.id } as const;

test("an image carries the labels of its containers too, so that alerts find the owner of a workload", async () => {
  const ctx = inventoryCtx(db, await db.newProject());
  await recordImage(ctx, { hostId: hostA.id, order: order(1), image, inventory: debianInventory() });
  const labelled = [
    container("1", { imageId: image.id, labels: { team: "shop", owner: "ann" } }),
    container("2", { imageId: image.id, labels: { team: "shop", owner: "bob" } }),
    container("3", { imageId: digest("f"), labels: { owner: "of another image" } }),
  ];
  await recordContainers(ctx, { host: hostA, order: order(2), containers: labelled });
  const { labels } = await listResourcePackages(ctx, resource);
  expect(labels["team"]).toBe("shop");
  expect(labels["owner"]?.split(",").toSorted()).toEqual(["ann", "bob"]);
  expect((await getImage(ctx, { id: image.id })).labels).toEqual(labels);
});

test("refuses without permission", async () => {
  const ctx = inventoryCtx(db, await db.newProject(), ["inventory.write"]);
  await expect(listResourcePackages(ctx, resource)).rejects.toThrow(/inventory\.read/);
});
