import type { InventoryPackage } from "@rampart/inspection/contract";
import type { PackageUse } from "@rampart/protocol/contract";
import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ListImages, ListPackages, type ResourceRef, useKeptDays } from "../contract.ts";
import {
  debianInventory,
  debianPackage,
  engineImage,
  factTypes,
  hostA,
  hostB,
  inventoryCtx,
  order,
} from "../fixture/inventory-fixture.ts";
import type { InventoryCtx } from "../ports.ts";
import { describeImages } from "./describe-images.ts";
import { listPackages } from "./list-packages.ts";
import { listUses } from "./list-uses.ts";
import { recordImage } from "./record-image.ts";
import { recordUse, type UseReport } from "./record-use.ts";
import { removeImage } from "./remove-image.ts";

let db: TestDatabase;
beforeAll(async () => void (db = await testDatabase()));
afterAll(() => db.drop());

const image = engineImage();
const resource: ResourceRef = { resourceKind: "image", resourceId: image.id };
const found = (name: string, kind: InventoryPackage["kind"], path: string): InventoryPackage => ({
  name,
  version: "1.0.0",
  kind,
  ecosystem: kind,
  purl: `pkg:${kind}/${name}@1.0.0`,
  path,
  layer: 0,
});
const packages = [
  debianPackage("perl-base"),
  debianPackage("tar"),
  found("express", "nodejs", "app/node_modules/express/package.json"),
  found("other", "nodejs", "old/node_modules/other/package.json"),
  found("inner", "jar", "srv/shop.war!/WEB-INF/lib/inner.jar"),
];
const perl: PackageUse = { package: { is: "os", name: "perl-base" }, evidence: "executable", processes: ["perl"] };
const war: PackageUse = { package: { is: "file", path: "srv/shop.war" }, evidence: "opened", processes: ["java"] };
const modules: PackageUse = {
  package: { is: "folder", kind: "nodejs", path: "app/node_modules/" },
  evidence: "application",
  processes: ["node"],
};
const seen = (sequence: number, used: readonly PackageUse[], more: Partial<UseReport> = {}): UseReport => ({
  host: hostA,
  order: order(sequence),
  imageId: image.id,
  complete: true,
  used,
  ...more,
});
const inspect = (ctx: InventoryCtx, sequence = 1) =>
  recordImage(ctx, { hostId: hostA.id, order: order(sequence), image, inventory: debianInventory(packages) });
const usesOf = async (ctx: InventoryCtx, of = resource): Promise<Record<string, string>> => {
  const { rows } = await listPackages(ctx, ListPackages.parse(of));
  return Object.fromEntries(
    rows.map(({ name, use }) => [name, use?.state === "used" ? use.evidence : (use?.state ?? "")]),
  );
};

describe("recordUse", () => {
  test("refuses without permission", async () => {
    const ctx = inventoryCtx(db, await db.newProject(), ["inventory.read"]);
    await expect(recordUse(ctx, seen(1, [perl]))).rejects.toThrow(/inventory\.write/);
  });

  test("another project does not see what is used", async () => {
    const [mine, other] = [inventoryCtx(db, await db.newProject()), inventoryCtx(db, await db.newProject())];
    for (const ctx of [mine, other]) await inspect(ctx);
    await recordUse(mine, seen(2, [perl]));
    expect((await usesOf(mine))["perl-base"]).toBe("executable");
    expect((await usesOf(other))["perl-base"]).toBe("unknown");
  });

  test("packages are unknown until somebody looks, then used by name, file or folder, or not seen", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await inspect(ctx);
    expect(new Set(Object.values(await usesOf(ctx)))).toEqual(new Set(["unknown"]));
    await recordUse(ctx, seen(2, [perl, war, modules]));
    expect(await usesOf(ctx)).toEqual({
      "perl-base": "executable",
      tar: "not-seen",
      express: "application",
      other: "not-seen",
      inner: "opened",
    });
    const [described] = (await describeImages(ctx, ListImages.parse({}), true)).rows;
    const rows = described?.packages ?? [];
    expect(rows.find(({ name }) => name === "perl-base")?.use).toEqual({
      state: "used",
      evidence: "executable",
      processes: ["perl"],
      hosts: 1,
      firstSeenAt: order(2).at.toISOString(),
      lastSeenAt: order(2).at.toISOString(),
    });
  });

  test("a report that comes before the inspection is not lost", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await recordUse(ctx, seen(1, [perl]));
    await inspect(ctx, 2);
    expect((await usesOf(ctx))["perl-base"]).toBe("executable");
  });

  test("where a look was not whole, nothing counts as not seen", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await inspect(ctx);
    await recordUse(ctx, seen(2, [perl]));
    await recordUse(ctx, seen(2, [], { host: hostB, complete: false }));
    expect(await usesOf(ctx)).toMatchObject({ "perl-base": "executable", tar: "unknown" });
  });

  test("running it twice changes nothing more", async () => {
    const scope = await db.newProject();
    const ctx = inventoryCtx(db, scope);
    await inspect(ctx);
    expect(await recordUse(ctx, seen(2, [perl]))).toBe("recorded");
    expect(await recordUse(ctx, seen(2, [perl]))).toBe("unchanged");
    expect((await factTypes(db, scope)).filter((type) => type === "inventory.use-recorded")).toHaveLength(1);
  });

  test("in whatever order reports of two hosts come, times and evidence end the same", async () => {
    const reports = [
      seen(2, [perl]),
      seen(5, [{ ...perl, evidence: "mapped", processes: ["cron"] }]),
      seen(9, [perl], { host: hostB }),
    ];
    const outcomes = await Promise.all(
      [reports, reports.toReversed()].map(async (sent) => {
        const ctx = inventoryCtx(db, await db.newProject());
        await inspect(ctx);
        for (const report of sent) await recordUse(ctx, report);
        return (await listPackages(ctx, ListPackages.parse({ ...resource, use: ["used"] }))).rows;
      }),
    );
    expect(outcomes[0]).toEqual(outcomes[1]);
    expect(outcomes[0]).toMatchObject([
      {
        name: "perl-base",
        use: {
          evidence: "executable",
          hosts: 2,
          firstSeenAt: order(2).at.toISOString(),
          lastSeenAt: order(9).at.toISOString(),
        },
      },
    ]);
  });

  test("what nobody has seen for long does not count any more", async () => {
    const scope = await db.newProject();
    const ctx = inventoryCtx(db, scope);
    await inspect(ctx);
    await recordUse(ctx, seen(2, [perl, war]));
    ctx.clock.advance((useKeptDays + 1) * 24 * 3_600_000);
    const later = ctx.clock.now();
    expect(await recordUse(ctx, seen(0, [war], { order: { at: later, sequence: 3 } }))).toBe("recorded");
    expect(await usesOf(ctx)).toMatchObject({ "perl-base": "not-seen", inner: "opened" });
  });

  test("goes with its image, and a late report does not bring it back", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await inspect(ctx);
    await recordUse(ctx, seen(2, [perl]));
    await removeImage(ctx, { hostId: hostA.id, imageId: image.id, order: order(4) });
    expect(await recordUse(ctx, seen(3, [perl]))).toBe("stale");
    await inspect(ctx, 5);
    expect((await usesOf(ctx))["perl-base"]).toBe("unknown");
  });

  test("the filter of the list asks for used, not seen or unknown packages", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    await inspect(ctx);
    await recordUse(ctx, seen(2, [perl, modules]));
    const names = async (use: ListPackages["use"]) =>
      (await listPackages(ctx, ListPackages.parse({ ...resource, use }))).rows.map(({ name }) => name);
    expect(await names(["used"])).toEqual(["express", "perl-base"]);
    expect(await names(["not-seen", "unknown"])).toEqual(["inner", "other", "tar"]);
    expect(await names(["unknown"])).toEqual([]);
    expect(await names(["used", "not-seen"])).toHaveLength(5);
  });

  test("tells of many resources what is used, to those who may read", async () => {
    const scope = await db.newProject();
    const ctx = inventoryCtx(db, scope);
    await recordUse(ctx, seen(2, [perl]));
    await recordUse(ctx, seen(2, [war], { imageId: null, complete: false }));
    const host = { resourceKind: "host", resourceId: hostA.id } as const;
    const asked = [host, resource, { resourceKind: "host", resourceId: hostB.id } as const];
    expect(await listUses(ctx, asked)).toMatchObject([
      { ...host, otherwise: "unknown", told: [{ subject: "srv/shop.war" }] },
      { ...resource, otherwise: "not-seen", told: [{ subject: "perl-base" }] },
    ]);
    expect(await listUses(inventoryCtx(db, await db.newProject()), asked)).toEqual([]);
    const stranger = inventoryCtx(db, scope, ["inventory.write"]);
    await expect(listUses(stranger, asked)).rejects.toThrow(/inventory\.read/);
  });

  test("a path as long as reports may carry is kept", async () => {
    const ctx = inventoryCtx(db, await db.newProject());
    const long: PackageUse = { ...war, package: { is: "file", path: "€".repeat(1_024) } };
    await inspect(ctx);
    expect(await recordUse(ctx, seen(2, [long]))).toBe("recorded");
  });
});
