import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { InventoryPackage } from "../contract.ts";
import type { LayerCache } from "../layers/layer-cache.ts";
import { inspectLayer } from "../layers/inspect-layer.ts";
import type { LayerResult } from "../layers/layer-result.ts";
import { defaultLimits } from "../limits.ts";
import { buildTar, inChunks, type Entry } from "../testing/archives.ts";
import { debian12, dpkgStatus, nodeModule, pythonPackage } from "../testing/sample-files.ts";
import { inspectContainerChanges, type ContainerChanges } from "./container-changes.ts";
import { printWritableLayer, type WritableLayerOptions } from "./writable-layer.ts";

let folder = "";
let upper = "";
let merged = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rampart-changes-"));
  [upper, merged] = [join(folder, "upper"), join(folder, "merged")];
  for (const path of [upper, merged]) await mkdir(path);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const image = [
  debian12,
  dpkgStatus({ bash: "5.2", tar: "1.34" }),
  nodeModule("app", "express", "4.0.0"),
  nodeModule("app/node_modules/express", "inner", "1.0.0"),
  { name: "app/.env", body: "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYa" },
];
const key = `-----BEGIN RSA PRIVATE KEY-----\n${"MIIEpAIBAAKCAQEA7".repeat(30)}\n-----END RSA PRIVATE KEY-----\n`;

async function write(entries: readonly Entry[], below = upper): Promise<void> {
  for (const { name, body = "" } of entries) {
    await mkdir(dirname(join(below, name)), { recursive: true });
    await writeFile(join(below, name), body);
  }
}

async function whiteout(path: string): Promise<void> {
  await mkdir(dirname(join(upper, path)), { recursive: true });
  execFileSync("mknod", [join(upper, path), "c", "0", "0"]);
}

async function changes(more: Readonly<{ merged?: string }> & WritableLayerOptions = {}): Promise<ContainerChanges> {
  const kept = new Map<string, LayerResult>();
  const cache: LayerCache = {
    get: async (diffId) => kept.get(diffId) ?? null,
    put: async (result) => void kept.set(result.diffId, result),
  };
  const { result } = await inspectLayer(inChunks(await buildTar(image)));
  await cache.put(result);
  const { merged: root, ...options } = more;
  const asked = { upper, diffIds: [result.diffId], ...(root !== undefined && { merged: root }) };
  const found = await inspectContainerChanges(asked, cache, options);
  if (found === null) throw new Error("the image is in the cache");
  for (const one of found.added) InventoryPackage.parse(one);
  return found;
}

const told = (packages: ContainerChanges["added"]): string[] =>
  packages.map(({ name, version }) => `${name} ${version}`);
const nothing = { added: [], removed: [], secrets: [], warnings: [] };

describe("what has changed in a container", () => {
  test("is nothing while it has written only data, and what the image has already", async () => {
    await write([{ name: "var/log/app.log", body: "x" }, { name: ".dockerenv" }, ...image]);
    expect(await changes()).toEqual(nothing);
  });

  test("is what was installed, upgraded and removed, with its path", async () => {
    await write([dpkgStatus({ bash: "5.3", curl: "8.0" }), nodeModule("srv", "lodash", "4.17.4")]);
    const { added, removed } = await changes();
    expect(told(added)).toEqual(["bash 5.3", "curl 8.0", "lodash 4.17.4"]);
    expect(told(removed)).toEqual(["bash 5.2", "tar 1.34"]);
    expect(added[2]).toMatchObject({ path: "srv/node_modules/lodash/package.json", ecosystem: "npm" });
    expect(added[0]).toMatchObject({ ecosystem: "Debian:12" });
    expect(added[0]).not.toHaveProperty("layer");
  });

  test("is a deleted file, and all below a deleted folder", async () => {
    await whiteout("app/node_modules/express");
    expect(told((await changes()).removed)).toEqual(["express 4.0.0", "inner 1.0.0"]);
  });

  test("is what a folder that was made anew has no more", async () => {
    await write([nodeModule("app", "express", "5.0.0")]);
    await cp(upper, merged, { recursive: true });
    const { added, removed } = await changes({ merged });
    expect(told(added)).toEqual(["express 5.0.0"]);
    expect(told(removed)).toEqual(["express 4.0.0", "inner 1.0.0"]);
  });

  test("never counts as gone what cannot be looked for", async () => {
    await write([nodeModule("app", "express", "4.0.0")]);
    await symlink(folder, join(merged, "app"));
    expect(await changes({ merged })).toEqual(nothing);
    expect(await changes({ merged: join(folder, "stopped") })).toEqual(nothing);
  });

  test("is a planted key, and no secret that the image has", async () => {
    await write([...image.slice(-1), { name: "root/.ssh/id_rsa", body: key }]);
    expect((await changes()).secrets).toMatchObject([{ kind: "private-key", path: "root/.ssh/id_rsa", line: 1 }]);
  });

  test("a file of which only owner or mode changed is the image's", async () => {
    await write([nodeModule("app", "express", "4.0.0")]);
    const file = join(upper, "app/node_modules/express/package.json");
    await truncate(file, 0);
    await truncate(file, 60_000);
    expect(await changes()).toEqual(nothing);
  });

  test("links lead nowhere: nothing outside of the folder is read", async () => {
    await write([nodeModule("outside", "secret", "1.0.0"), { name: "id_rsa", body: key }], folder);
    await symlink(join(folder, "outside"), join(upper, "srv"));
    await symlink(join(folder, "id_rsa"), join(upper, "id_rsa"));
    await mkdir(join(upper, "a"));
    await symlink("../../outside/node_modules/secret/package.json", join(upper, "a/package.json"));
    const { added, secrets } = await changes();
    expect([added, secrets]).toEqual([[], []]);
  });

  test.for([
    ["control characters", "srv/a\u001b[2J\nb"],
    ["the mark of a deletion", "srv/.wh.express"],
    ["the mark of a hiding folder", "app/.wh..wh..opq"],
    ["steps upwards", "srv/..a/..."],
    ["a long name", `srv/${"x".repeat(200)}/${"y".repeat(200)}`],
  ])("a folder with %s in its name hides nothing", async ([, name = ""]) => {
    await write([nodeModule(name, "planted", "1.0.0"), pythonPackage("planted", "2.0", `${name}/site-packages`)]);
    const { added, removed } = await changes();
    expect([told(added), removed]).toEqual([["planted 1.0.0", "planted 2.0"], []]);
  });

  test("a damaged database is a warning; the image's packages do not count as removed", async () => {
    await write([{ name: "var/lib/rpm/rpmdb.sqlite", body: "no database" }]);
    const { removed, warnings } = await changes();
    expect(removed).toEqual([]);
    expect(warnings).toMatchObject([{ code: "file-unreadable" }]);
  });

  test.for([
    ["files", { limits: { ...defaultLimits, entriesMax: 3 } }, "entries-over-limit"],
    ["bytes", { limits: { ...defaultLimits, layerBytesMax: 10 } }, "layer-over-limit"],
    ["time", { msMax: -1 }, "entries-over-limit"],
  ] as const)("too much of %s ends the look with a warning", async ([, options, code]) => {
    await write(["a", "b", "c", "d"].map((name) => nodeModule(name, name, "1.0.0")));
    expect((await changes(options)).warnings).toMatchObject([{ code }]);
  });

  test("is not known before the layers of the image are", async () => {
    const cache: LayerCache = { get: async () => null, put: async () => undefined };
    expect(await inspectContainerChanges({ upper, diffIds: [`sha256:${"a".repeat(64)}`] }, cache)).toBeNull();
  });
});

describe("the print of what a container has written", () => {
  test("stays when logs and data are written", async () => {
    await write([{ name: "var/log/app.log", body: "x" }, ...image]);
    const before = await printWritableLayer(upper);
    await write([{ name: "var/log/app.log", body: "more" }, { name: "var/log/other.log" }]);
    expect(await printWritableLayer(upper)).toBe(before);
  });

  test.for([
    ["a package appears", () => write([nodeModule("srv", "lodash", "4.17.4")])],
    ["a database is written in place", () => write([dpkgStatus({ bash: "5.2", tar: "1.35" })])],
    ["a file is exchanged for an older one", () => utimes(join(upper, "app/.env"), 1, 1)],
    ["something is deleted", () => whiteout("usr/lib/node_modules/npm")],
    ["a program appears", () => write([{ name: "usr/local/bin/tool", body: "x" }])],
  ] as const)("changes when %s", async ([, change]) => {
    await write(image);
    const before = await printWritableLayer(upper);
    await change();
    expect(await printWritableLayer(upper)).not.toBe(before);
  });
});
