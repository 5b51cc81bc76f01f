import type { InventoryPackage } from "@rampart/inspection/contract";
import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  ListContainers,
  ListHolders,
  ListHosts,
  ListImages,
  ListNames,
  ListPackages,
  SearchPackages,
} from "../contract.ts";
import {
  container,
  debianInventory,
  debianPackage,
  digest,
  engineImage,
  hostA,
  hostB,
  hostFacts,
  inventoryCtx,
  order,
} from "../fixture/inventory-fixture.ts";
import type { InventoryCtx } from "../ports.ts";
import { listHolders } from "./list-holders.ts";
import { searchPackages } from "./search-packages.ts";
import { listContainers } from "./list-containers.ts";
import { listHosts } from "./list-hosts.ts";
import { listImages } from "./list-images.ts";
import { listNames } from "./list-names.ts";
import { listPackages } from "./list-packages.ts";
import { recordContainers } from "./record-containers.ts";
import { recordHost } from "./record-host.ts";
import { recordImage } from "./record-image.ts";

let db: TestDatabase;
let ctx: InventoryCtx;

const npm = (name: string): InventoryPackage => ({
  name,
  version: "1.0.0",
  kind: "nodejs",
  ecosystem: "npm",
  purl: `pkg:npm/${name}@1.0.0`,
});
const web = engineImage({ id: digest("a"), repoTags: ["reg.example/shop/web:1", "reg.example/shop/web:latest"] });
const base = engineImage({
  id: digest("b"),
  repoTags: ["debian:12"],
  labels: { team: "base", tier: "0" },
  sizeBytes: 10,
});

beforeAll(async () => {
  db = await testDatabase();
  ctx = inventoryCtx(db, await db.newProject());
  const openssl = debianPackage("libssl3", "3.0-1", { sourceName: "openssl" });
  await recordHost(ctx, { order: order(1), host: hostFacts(), inventory: debianInventory([openssl]) });
  await recordImage(ctx, {
    hostId: hostA.id,
    order: order(2),
    image: web,
    inventory: debianInventory([openssl, npm("lodash"), npm("100%_x")]),
  });
  await recordImage(ctx, {
    hostId: hostB.id,
    order: order(2),
    image: base,
    inventory: debianInventory([debianPackage("bash")]),
  });
  await recordContainers(ctx, {
    host: hostA,
    order: order(3),
    containers: [container("1"), container("2", { name: "db", state: "exited" })],
  });
});
afterAll(() => db.drop());

const names = async (asked: Partial<ListImages>): Promise<string[]> =>
  (await listImages(ctx, ListImages.parse(asked))).rows.map((image) => image.name);

describe("listImages", () => {
  const webName = "reg.example/shop/web:1";

  test.for([
    ["a wildcard over any tag", { names: ["*/web:latest"] }, [webName]],
    ["a wildcard that matches nothing", { names: ["web*"] }, []],
    ["a search in names", { search: "SHOP/" }, [webName]],
    ["a search in ids", { search: "sha256:bbbb" }, ["debian:12"]],
    ["a label with its value", { label: "team=base" }, ["debian:12"]],
    ["a label with any value", { label: "tier" }, ["debian:12"]],
    ["a host by name", { hostnames: ["node-*"] }, [webName]],
    ["a host by id", { hostIds: [hostB.id] }, ["debian:12"]],
    ["ids", { ids: [digest("a"), digest("f")] }, [webName]],
    ["all, by name", {}, ["debian:12", webName]],
    ["all, by containers", { sort: "containerCount", reverse: true }, [webName, "debian:12"]],
    ["all, by size", { sort: "sizeBytes" }, ["debian:12", webName]],
  ] as const)("finds %s", async ([, asked, found]) => {
    expect(await names(asked as Partial<ListImages>)).toEqual(found);
  });

  test("pages meet without a gap and know the total", async () => {
    const first = await listImages(ctx, ListImages.parse({ limit: 1 }));
    const second = await listImages(ctx, ListImages.parse({ limit: 1, offset: 1 }));
    expect([first.total, second.total]).toEqual([2, 2]);
    expect([...first.rows, ...second.rows].map((image) => image.name)).toEqual(["debian:12", webName]);
  });

  test("refuses without permission", async () => {
    const stranger = inventoryCtx(db, ctx.scope, []);
    await expect(listImages(stranger, ListImages.parse({}))).rejects.toThrow(/inventory\.read/);
  });
});

test.for([
  ["state", { states: ["exited"] }, ["db"]],
  ["image name", { imageNames: ["shop/*"] }, ["db", "web-1"]],
  ["image id", { imageIds: [digest("b")] }, []],
  ["host", { hostnames: ["node-a"] }, ["db", "web-1"]],
  ["label", { label: "team=shop" }, ["db", "web-1"]],
  ["search", { search: "EB-" }, ["web-1"]],
] as const)("containers are found by %s", async ([, asked, found]) => {
  const page = await listContainers(ctx, ListContainers.parse(asked));
  expect(page.rows.map((row) => row.name)).toEqual(found);
});

test("hosts carry the numbers of their images and containers", async () => {
  const { rows } = await listHosts(ctx, ListHosts.parse({ search: "node-a" }));
  expect(rows).toMatchObject([{ hostname: "node-a", imageCount: 1, containerCount: 2, packageCount: 1 }]);
});

test("packages of an image are searched literally", async () => {
  const resource = { resourceKind: "image", resourceId: web.id } as const;
  const found = await listPackages(ctx, ListPackages.parse({ ...resource, search: "%_" }));
  expect(found.rows.map((row) => row.name)).toEqual(["100%_x"]);
  expect((await listPackages(ctx, ListPackages.parse({ ...resource, kinds: ["nodejs"] }))).total).toBe(2);
});

test.for([
  ["image", ["debian:12", "reg.example/shop/web:1", "reg.example/shop/web:latest"]],
  ["container", ["db", "web-1"]],
  ["host", ["node-a"]],
] as const)("names of each %s come once and in order", async ([of, expected]) => {
  expect(await listNames(ctx, ListNames.parse({ of }))).toEqual(expected);
});

describe("listHolders", () => {
  const named = (ecosystem: string, name: string) => ListHolders.parse({ package: { ecosystem, name } });

  test("finds images and hosts by the name that advisories use", async () => {
    expect(await listHolders(ctx, named("Debian:12", "openssl"))).toEqual([
      { resourceKind: "host", resourceId: hostA.id },
      { resourceKind: "image", resourceId: web.id },
    ]);
  });

  test("goes on behind the last one", async () => {
    const after = { resourceKind: "host", resourceId: hostA.id } as const;
    expect(await listHolders(ctx, { ...named("Debian:12", "openssl"), after })).toHaveLength(1);
  });

  test.for([
    ["another ecosystem", "Debian:11", "openssl"],
    ["the binary package", "Debian:12", "libssl3"],
  ] as const)("does not find %s", async ([, ecosystem, name]) => {
    expect(await listHolders(ctx, named(ecosystem, name))).toEqual([]);
  });

  test("does not see another project", async () => {
    const other = inventoryCtx(db, await db.newProject());
    expect(await listHolders(other, named("npm", "lodash"))).toEqual([]);
    expect((await searchPackages(other, SearchPackages.parse({ search: "lodash" }))).total).toBe(0);
  });
});

test("packages of the whole project are found by a part of their name, with the number of their holders", async () => {
  const { rows } = await searchPackages(ctx, SearchPackages.parse({ search: "ssl" }));
  expect(rows).toMatchObject([{ name: "libssl3", ecosystem: "Debian:12", resources: 2 }]);
  expect((await searchPackages(ctx, SearchPackages.parse({ search: "%" }))).rows.map(({ name }) => name)).toEqual([
    "100%_x",
  ]);
});
