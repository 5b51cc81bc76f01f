import { readSbom } from "@rampart/inspection";
import type { ProjectScope } from "@rampart/kernel";
import type { RestAnswer } from "@rampart/rpc";
import { testCaller, testDatabase, type TestDatabase } from "@rampart/testing";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  debianInventory,
  debianPackage,
  digest,
  engineImage,
  hostA,
  hostFacts,
  inventoryCtx,
  order,
} from "../../fixture/inventory-fixture.ts";
import { recordHost } from "../../verbs/record-host.ts";
import { recordImage } from "../../verbs/record-image.ts";
import { recordImages } from "../../verbs/record-images.ts";
import { sbomRoutes } from "./sbom.ts";

let db: TestDatabase;
let mine: ProjectScope;
let foreign: ProjectScope;
const packages = [debianPackage("libssl3", "3.0.11-1", { sourceName: "openssl" }), debianPackage("bash")];

beforeAll(async () => {
  db = await testDatabase();
  mine = await db.newProject();
  foreign = await db.newProject();
  const ctx = inventoryCtx(db, mine);
  const inventory = {
    ...debianInventory(packages),
    warnings: [{ code: "file-unreadable", message: "app.jar makes no sense" }],
  };
  await recordImage(ctx, { hostId: hostA.id, order: order(1), image: engineImage(), inventory });
  await recordHost(ctx, { host: hostFacts(), order: order(2), inventory: debianInventory() });
});
afterAll(() => db.drop());

/** Runs a route as the dispatcher does: parsed query, an authenticated caller. */
function ask(path: string, query: object, by: { scope?: ProjectScope; granted?: readonly "inventory.write"[] } = {}) {
  const route = sbomRoutes.find((one) => one.path === `/sbom/download/${path}`);
  if (route === undefined) throw new Error(`no route for ${path}`);
  const request = {
    platform: { database: db.database, version: "0.1.0" },
    scope: by.scope ?? mine,
    caller: testCaller(by.granted),
    query: route.query.parse(query),
    params: {},
  };
  return route.run(request as unknown as Parameters<typeof route.run>[0]); // the dispatcher's own widening
}

async function bytesOf(answer: RestAnswer): Promise<Buffer> {
  return answer.kind === "file" ? buffer(answer.chunks) : Buffer.alloc(0);
}

describe.for(["cyclonedx_json", "CycloneDX-XML", "spdx", undefined])("in the format %s", (sbomFormat) => {
  test("an image tells its packages, their sources and what could not be read", async () => {
    const answer = await ask("images", { id: digest("a"), sbomFormat });
    const { inventory } = readSbom(await bytesOf(answer)).inspection;
    expect(inventory.packages).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ name: "libssl3", version: "3.0.11-1", sourceName: "openssl" }),
      ]),
    );
    expect(inventory.packages).toHaveLength(2);
    expect(inventory.os?.ecosystem).toBe("Debian:12");
    expect(inventory.warnings).toMatchObject([{ code: "file-unreadable" }]);
  });
});

test("a host is asked for by its name, as the public API knows it, or by its id", async () => {
  for (const id of [hostA.hostname, hostA.id]) {
    const answer = await ask("hosts", { id });
    expect(answer).toMatchObject({ fileName: "node-a.cdx.json", contentType: expect.stringContaining("cyclonedx") });
    const { inventory } = readSbom(await bytesOf(answer)).inspection;
    expect(inventory.packages).toMatchObject([{ name: "bash" }]);
  }
});

test("does not see another project", async () => {
  await expect(ask("images", { id: digest("a") }, { scope: foreign })).rejects.toMatchObject({ kind: "not-found" });
  await expect(ask("hosts", { id: hostA.hostname }, { scope: foreign })).rejects.toMatchObject({ kind: "not-found" });
});

test("a name with wildcards names no host", async () => {
  await expect(ask("hosts", { id: "node-*" })).rejects.toMatchObject({ kind: "not-found" });
});

test("refuses without permission", async () => {
  await expect(ask("images", { id: digest("a") }, { granted: ["inventory.write"] })).rejects.toThrow(/inventory\.read/);
});

test("an image that nobody has inspected yet has no bill of materials, which is not an empty one", async () => {
  const seen = { id: digest("c"), repoTags: ["new:1"], repoDigests: [] };
  await recordImages(inventoryCtx(db, mine), { hostId: hostA.id, order: order(3), images: [seen] });
  await expect(ask("images", { id: digest("c") })).rejects.toMatchObject({ kind: "precondition" });
});

test("an unknown format is refused with the known ones", async () => {
  await expect(ask("images", { id: digest("a"), sbomFormat: "pdf" })).rejects.toThrow(/cyclonedx-json.*spdx-json/);
});
