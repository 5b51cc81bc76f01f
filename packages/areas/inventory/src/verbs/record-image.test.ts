import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ListImages } from "../contract.ts";
import {
  debianInventory,
  debianPackage,
  digest,
  engineImage,
  factTypes,
  hostA,
  hostB,
  inventoryCtx,
  order,
} from "../fixture/inventory-fixture.ts";
import { getImage } from "./get-image.ts";
import { listImages } from "./list-images.ts";
import { listResourcePackages } from "./list-resource-packages.ts";
import { recordImageFailure } from "./record-image-failure.ts";
import { recordImage } from "./record-image.ts";
import { recordImages } from "./record-images.ts";
import { removeImage } from "./remove-image.ts";

let db: TestDatabase;
beforeAll(async () => void (db = await testDatabase()));
afterAll(() => db.drop());

const image = engineImage();
const inventory = debianInventory([
  debianPackage("bash"),
  debianPackage("libssl3", "3.0-1", { sourceName: "openssl" }),
]);
const resource = { resourceKind: "image", resourceId: image.id } as const;

describe("recordImage", () => {
  test("refuses without permission", async () => {
    const ctx = inventoryCtx(db, await db.newProject(), ["inventory.read"]);
    await expect(recordImage(ctx, { hostId: hostA.id, order: order(1), image, inventory })).rejects.toThrow(
      /inventory\.write/,
    );
  });

  test("another project does not see the image", async () => {
    const mine = inventoryCtx(db, await db.newProject());
    const other = inventoryCtx(db, await db.newProject());
    await recordImage(mine, { hostId: hostA.id, order: order(1), image, inventory });
    expect((await listImages(other, ListImages.parse({}))).total).toBe(0);
    await expect(getImage(other, { id: image.id })).rejects.toThrow(/no image/);
    await expect(listResourcePackages(other, resource)).rejects.toThrow(/no image/);
  });

  test("running it twice changes nothing more", async () => {
    const scope = await db.newProject();
    const ctx = inventoryCtx(db, scope);
    expect(await recordImage(ctx, { hostId: hostA.id, order: order(1), image, inventory })).toBe("recorded");
    const before = await getImage(ctx, { id: image.id });
    expect(await recordImage(ctx, { hostId: hostA.id, order: order(1), image, inventory })).toBe("unchanged");
    expect(await getImage(ctx, { id: image.id })).toEqual(before);
    expect(await factTypes(db, scope)).toEqual(["inventory.resource-recorded"]);
  });

  test("keys and logins of the image are kept, until an inspection finds none", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    const secrets = [
      { kind: "private-key", path: "root/id_rsa", line: 1, hint: "RSA", layer: 0, isHidden: true } as const,
    ];
    await recordImage(ctx, { hostId: hostA.id, order: order(1), image, inventory: { ...inventory, secrets } });
    expect((await getImage(ctx, { id: image.id })).secrets).toEqual(secrets);
    await recordImage(ctx, { hostId: hostA.id, order: order(2), image, inventory });
    expect((await getImage(ctx, { id: image.id })).secrets).toEqual([]);
  });

  test("an image that many hosts report is stored once and matched once", async () => {
    const scope = await db.newProject();
    const ctx = inventoryCtx(db, scope);
    const reports = [hostA, hostB].map((host) =>
      recordImage(ctx, { hostId: host.id, order: order(1), image, inventory }),
    );
    expect((await Promise.all(reports)).toSorted()).toEqual(["recorded", "unchanged"]);
    const { rows, total } = await listImages(ctx, ListImages.parse({}));
    expect(total).toBe(1);
    expect(rows[0]).toMatchObject({
      hostCount: 2,
      packageCount: 2,
      scanState: "scanned",
      osSupported: true,
      complete: true,
    });
    expect(await factTypes(db, scope)).toEqual(["inventory.resource-recorded"]);
  });

  test("writes only packages that differ and asks for a new match", async () => {
    const scope = await db.newProject();
    const ctx = inventoryCtx(db, scope);
    await recordImage(ctx, { hostId: hostA.id, order: order(1), image, inventory });
    const patched = debianInventory([
      debianPackage("bash"),
      debianPackage("libssl3", "3.0-2", { sourceName: "openssl" }),
    ]);
    expect(await recordImage(ctx, { hostId: hostA.id, order: order(2), image, inventory: patched })).toBe("recorded");
    const { packages } = await listResourcePackages(ctx, resource);
    expect(packages.map((found) => `${found.lookupName} ${found.version}`).toSorted()).toEqual([
      "bash 1.0-1",
      "openssl 3.0-2",
    ]);
    expect(await factTypes(db, scope)).toHaveLength(2);
  });

  test("an inspection that arrives after a later list of images is still stored", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await recordImages(ctx, { hostId: hostA.id, order: order(9), images: [image] });
    expect(await recordImage(ctx, { hostId: hostA.id, order: order(3), image, inventory })).toBe("recorded");
  });

  test("a late report does not bring back an image that the host removed", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await recordImage(ctx, { hostId: hostA.id, order: order(1), image, inventory });
    await removeImage(ctx, { hostId: hostA.id, order: order(5), imageId: image.id });
    expect(await recordImage(ctx, { hostId: hostA.id, order: order(4), image, inventory })).toBe("stale");
    expect((await listImages(ctx, ListImages.parse({}))).total).toBe(0);
  });

  test("an unsupported distribution is neither supported nor complete", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    const os = { id: "gentoo", versionId: "2", name: "Gentoo", ecosystem: null };
    const warnings = [{ code: "os-unsupported", message: "No advisories cover Gentoo." }];
    await recordImage(ctx, { hostId: hostA.id, order: order(1), image, inventory: { ...inventory, os, warnings } });
    expect(await getImage(ctx, { id: image.id })).toMatchObject({ os: "Gentoo", osSupported: false, complete: false });
  });
});

describe("recordImages", () => {
  const other = engineImage({ id: digest("b"), repoTags: ["shop/db:1"] });

  test("shows images before they are inspected", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await recordImages(ctx, { hostId: hostA.id, order: order(1), images: [image] });
    expect(await getImage(ctx, { id: image.id })).toMatchObject({
      name: "shop/web:1",
      scanState: "pending",
      complete: false,
    });
  });

  test("an image leaves with its last host, together with its packages", async () => {
    const scope = await db.newProject();
    const ctx = inventoryCtx(db, scope);
    for (const host of [hostA, hostB]) await recordImage(ctx, { hostId: host.id, order: order(1), image, inventory });
    await recordImages(ctx, { hostId: hostA.id, order: order(2), images: [other] });
    expect(await getImage(ctx, { id: image.id })).toMatchObject({ hostCount: 1 });
    await recordImages(ctx, { hostId: hostB.id, order: order(2), images: [] });
    await expect(getImage(ctx, { id: image.id })).rejects.toThrow(/no image/);
    expect(await db.ownerQuery("select 1 from inventory_holding where project_id = $1", [scope.projectId])).toEqual([]);
    expect(await factTypes(db, scope)).toContain("inventory.resource-removed");
  });

  test("tags follow what the hosts say, whichever reported last", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await recordImage(ctx, { hostId: hostA.id, order: order(1), image, inventory });
    await recordImages(ctx, { hostId: hostB.id, order: order(1), images: [{ ...image, repoTags: ["shop/web:2"] }] });
    expect((await getImage(ctx, { id: image.id })).tags).toEqual(["shop/web:1", "shop/web:2"]);
    await recordImages(ctx, { hostId: hostA.id, order: order(2), images: [{ ...image, repoTags: ["shop/web:3"] }] });
    expect((await getImage(ctx, { id: image.id })).tags).toEqual(["shop/web:2", "shop/web:3"]);
  });

  test("an older list does not undo a later one", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await recordImages(ctx, { hostId: hostA.id, order: order(2), images: [image, other] });
    await recordImages(ctx, { hostId: hostA.id, order: order(1), images: [image] });
    expect((await listImages(ctx, ListImages.parse({}))).total).toBe(2);
  });
});

test("an image that cannot be read is shown as failed, never as clean", async () => {
  const ctx = inventoryCtx(db, await db.newProject());
  const failure = { code: "layer-damaged", message: "The second layer is cut short." };
  await recordImageFailure(ctx, { hostId: hostA.id, order: order(1), image, failure });
  expect(await getImage(ctx, { id: image.id })).toMatchObject({
    scanState: "failed",
    complete: false,
    warnings: [failure],
  });
  await recordImage(ctx, { hostId: hostB.id, order: order(2), image, inventory });
  await recordImageFailure(ctx, { hostId: hostA.id, order: order(3), image, failure });
  expect(await getImage(ctx, { id: image.id })).toMatchObject({ scanState: "scanned" });
});
