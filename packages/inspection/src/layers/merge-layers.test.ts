import { describe, expect, test } from "vitest";
import { Inventory, isIncomplete } from "../contract.ts";
import { buildTar, inChunks } from "../testing/archives.ts";
import type { Entry } from "../testing/archives.ts";
import { buildElf } from "../testing/elf-file.ts";
import { debian12, dpkgStatus, nodeModule, osRelease, pythonPackage } from "../testing/sample-files.ts";
import { inspectLayer } from "./inspect-layer.ts";
import { mergeLayers } from "./merge-layers.ts";
import type { MergeOptions } from "./merge-layers.ts";

async function merge(layers: readonly (readonly Entry[])[], options: MergeOptions = {}): Promise<Inventory> {
  const stacked = [];
  for (const entries of layers) {
    const { result } = await inspectLayer(inChunks(await buildTar(entries)));
    stacked.push({ content: result.content, facts: { digest: result.diffId, sizeBytes: result.sizeBytes } });
  }
  return Inventory.parse(mergeLayers(stacked, options));
}

const list = ({ packages }: Inventory) => packages.map(({ name, version, layer }) => `${name} ${version} @${layer}`);

describe("mergeLayers", () => {
  test("completes an OS package with ecosystem, purl and layer", async () => {
    const { packages, os } = await merge([[debian12, dpkgStatus({ bash: "5.2.15-2+b2" })]]);
    expect(os).toMatchObject({ id: "debian", ecosystem: "Debian:12" });
    expect(packages).toEqual([
      {
        name: "bash",
        version: "5.2.15-2+b2",
        kind: "os",
        ecosystem: "Debian:12",
        purl: "pkg:deb/debian/bash@5.2.15-2%2Bb2?arch=amd64&distro=debian-12",
        layer: 0,
      },
    ]);
  });

  test("a package belongs to the layer that brought it, though each layer writes the database anew", async () => {
    const inventory = await merge([
      [debian12, dpkgStatus({ bash: "5", curl: "7" })],
      [dpkgStatus({ bash: "5", curl: "7", nginx: "1" })],
      [dpkgStatus({ bash: "5", curl: "8", nginx: "1" })],
    ]);
    expect(list(inventory)).toEqual(["bash 5 @0", "curl 8 @2", "nginx 1 @1"]);
    expect(inventory.layers.map(({ packageCount }) => packageCount)).toEqual([1, 1, 1]);
  });

  test("what a later layer deletes is not there any more", async () => {
    const inventory = await merge([
      [nodeModule("app", "lodash", "4.17.4"), nodeModule("app", "minimist", "0.0.8")],
      [{ name: "app/node_modules/.wh.lodash" }],
    ]);
    expect(list(inventory)).toEqual(["minimist 0.0.8 @0"]);
  });

  test("a folder that becomes a link hides what it held", async () => {
    const inventory = await merge([
      [nodeModule("app", "lodash", "4.17.4")],
      [{ name: "app/node_modules", type: "symlink", linkname: "/srv/modules" }],
    ]);
    expect(list(inventory)).toEqual([]);
  });

  test("the problem of a file goes away with the file", async () => {
    const broken = { name: "app/node_modules/broken/package.json", body: "{" };
    expect((await merge([[broken]])).warnings).toMatchObject([{ code: "file-unreadable", layer: 0 }]);
    expect((await merge([[broken], [{ name: "app/.wh.node_modules" }]])).warnings).toEqual([]);
  });

  const owned: readonly Entry[] = [
    debian12,
    dpkgStatus({ "python3-requests": "2.28.1+dfsg-1" }),
    pythonPackage("requests", "2.28.1"),
    pythonPackage("flask", "2.0.0", "usr/local/lib/python3.11/site-packages"),
    {
      name: "var/lib/dpkg/info/python3-requests.list",
      body: "/.\n/usr/lib/python3/dist-packages/requests-2.28.1.dist-info/METADATA\n",
    },
  ];

  test("a language package that an OS package owns is left to the distribution's advisories", async () => {
    expect(list(await merge([owned]))).toEqual(["python3-requests 2.28.1+dfsg-1 @0", "flask 2.0.0 @0"]);
  });

  test("it can be listed with a mark instead", async () => {
    const { packages } = await merge([owned], { ownedByOs: "mark" });
    expect(packages.filter(({ ownedByOs }) => ownedByOs === true).map(({ name }) => name)).toEqual(["requests"]);
  });

  test("it is its own where the distribution publishes no advisories", async () => {
    const gentoo = osRelease({ ID: "gentoo", VERSION_ID: "2.15" });
    const { packages } = await merge([[gentoo, ...owned.slice(1)]]);
    expect(packages.map(({ name }) => name)).toEqual(["python3-requests", "flask", "requests"]);
  });

  test("it is its own again when a later layer removes the OS package", async () => {
    const removed = [dpkgStatus({}), { name: "var/lib/dpkg/info/.wh.python3-requests.list" }];
    expect(list(await merge([owned, removed]))).toEqual(["flask 2.0.0 @0", "requests 2.28.1 @0"]);
  });

  const busybox = buildElf({ text: Buffer.concat([Buffer.alloc(70_000), Buffer.from("BusyBox v1.36.1 (2024)")]) });
  const apkDatabase = "P:busybox\nV:1.36.1-r19\nA:x86_64\nF:bin\nR:busybox\n";
  test.for([
    ["dpkg", "usr/bin/busybox", { name: "var/lib/dpkg/info/busybox.list", body: "/.\n/bin\n/bin/busybox\n" }],
    ["apk", "bin/busybox", { name: "lib/apk/db/installed", body: apkDatabase }],
  ] as const)("a program that %s knows by its own path is left to the distribution", async ([, path, database]) => {
    const programs = async (options: MergeOptions) => {
      const { packages } = await merge([[debian12, { name: path, body: busybox }, database]], options);
      return packages.filter(({ kind }) => kind === "binary");
    };
    expect(await programs({})).toEqual([]);
    expect(await programs({ ownedByOs: "mark" })).toMatchObject([{ name: "busybox", ownedByOs: true }]);
  });

  test("a program that nobody owns is its own, until a later layer puts something else in its place", async () => {
    const brought = [{ name: "opt/busybox", body: busybox }];
    expect(list(await merge([[debian12], brought]))).toEqual(["busybox 1.36.1 @1"]);
    expect(list(await merge([[debian12], brought, [{ name: "opt/busybox", body: "#!/bin/sh\n" }]]))).toEqual([]);
  });

  test("a key that a later layer deletes is told, with the layer that still hands it out", async () => {
    const key = { name: "root/.npmrc", body: "//registry.npmjs.org/:_authToken=aB3dE5gH7jK9mN1p\n" };
    const told = { kind: "registry-login", path: key.name, line: 1, hint: "//registry.npmjs.org/:_authToken" };
    expect((await merge([[debian12], [key]])).secrets).toEqual([{ ...told, layer: 1 }]);
    const hidden = [{ ...told, layer: 0, isHidden: true }];
    expect((await merge([[key], [{ name: "root/.wh..npmrc" }]])).secrets).toEqual(hidden);
    expect((await merge([[key], [{ ...key, body: "color=false\n" }]])).secrets).toEqual(hidden);
    expect(await merge([[debian12]])).not.toHaveProperty("secrets");
  });

  test("a distribution without advisories is unsupported, not clean", async () => {
    const gentoo = osRelease({ ID: "gentoo", VERSION_ID: "2.15", PRETTY_NAME: "Gentoo Linux" });
    const inventory = await merge([[gentoo, dpkgStatus({ bash: "5" })]]);
    expect(inventory.os).toMatchObject({ id: "gentoo", ecosystem: null });
    expect(inventory.packages[0]?.ecosystem).toBe("Unsupported:gentoo");
    expect(inventory.warnings).toMatchObject([{ code: "os-unsupported" }]);
    expect(isIncomplete(inventory)).toBe(true);
  });

  test("OS packages without an os-release are of an unknown distribution", async () => {
    const inventory = await merge([[dpkgStatus({ bash: "5" })]]);
    expect(inventory.warnings).toMatchObject([{ code: "os-unknown" }]);
    expect(inventory.packages[0]?.ecosystem).toBe("Unsupported:unknown");
  });

  test("an image without a distribution is complete", async () => {
    const inventory = await merge([[nodeModule("app", "lodash", "4.17.4")]]);
    expect(inventory).toMatchObject({ os: null, warnings: [] });
    expect(isIncomplete(inventory)).toBe(false);
  });
});
