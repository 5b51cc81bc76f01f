import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { Refusal } from "@rampart/kernel";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Inspection, isIncomplete } from "../contract.ts";
import { defaultLimits } from "../limits.ts";
import { buildZip } from "../testing/zip-archive.ts";
import { inspectFunctionBundle } from "./function-bundle.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rampart-function-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, bytes: Buffer): Promise<string> {
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
}

const bundle = (files: Readonly<Record<string, string | Buffer>>, name = "function.zip") =>
  write(name, buildZip(files));
const module = (name: string, version: string) => JSON.stringify({ name, version });
const lock = JSON.stringify({
  lockfileVersion: 3,
  packages: { "": { name: "f" }, "node_modules/declared": { version: "1.0.0" } },
});
const names = ({ inventory }: Inspection) => inventory.packages.map(({ name }) => name);

describe("inspectFunctionBundle", () => {
  test("finds what is installed in a function and in its layers", async () => {
    const paths = [
      await bundle({ "index.js": "", "node_modules/lodash/package.json": module("lodash", "4.17.4") }),
      await bundle({ "python/requests-2.0.0.dist-info/METADATA": "Name: requests\nVersion: 2.0.0\n" }, "layer.zip"),
    ];
    const inspection = Inspection.parse(await inspectFunctionBundle(paths));
    expect(names(inspection)).toEqual(["lodash", "requests"]);
    expect(inspection.inventory.packages[1]?.path).toMatch(/^layer\.zip\/python\//);
    expect(inspection.inventory.warnings).toEqual([]);
  });

  test("a lock file counts where nothing of its language is installed", async () => {
    const declared = await inspectFunctionBundle([await bundle({ "package-lock.json": lock })]);
    expect(names(declared)).toEqual(["declared"]);
    const both = { "package-lock.json": lock, "node_modules/lodash/package.json": module("lodash", "4.17.4") };
    expect(names(await inspectFunctionBundle([await bundle(both)]))).toEqual(["lodash"]);
  });

  test("lock files that came with a package declare nothing of the function", async () => {
    const files = { "node_modules/lodash/package-lock.json": lock, "lib/site-packages/x/package-lock.json": lock };
    expect(names(await inspectFunctionBundle([await bundle(files)]))).toEqual([]);
  });

  test("a function of Java is one jar with others in it", async () => {
    const inner = buildZip({
      "META-INF/maven/org.acme/inner/pom.properties": "groupId=org.acme\nartifactId=inner\nversion=1.0\n",
    });
    const files = {
      "META-INF/maven/org.acme/outer/pom.properties": "groupId=org.acme\nartifactId=outer\nversion=2.0\n",
      "lib/inner.jar": inner,
    };
    expect(names(await inspectFunctionBundle([await bundle(files, "function.jar")]))).toEqual([
      "org.acme:inner",
      "org.acme:outer",
    ]);
    expect(names(await inspectFunctionBundle([await bundle({ "lib/inner.jar": inner })]))).toEqual(["org.acme:inner"]);
  });
});

describe("hostile bundles", () => {
  test("an entry that leads out of the root is passed over and told", async () => {
    const path = await bundle({ "../../node_modules/evil/package.json": module("evil", "1.0.0") });
    const inspection = await inspectFunctionBundle([path]);
    expect(names(inspection)).toEqual([]);
    expect(inspection.inventory.warnings).toMatchObject([{ code: "entry-outside-root" }]);
  });

  test.for([
    ["more entries than a bundle may have", { bundleEntriesMax: 1 }],
    ["more bytes than are read", { bundleBytesMax: 10 }],
  ] as const)("%s are refused", async ([, changed]) => {
    const path = await bundle({ a: "1", b: "2" });
    const limits = { ...defaultLimits, ...changed };
    await expect(inspectFunctionBundle([path], { limits })).rejects.toBeInstanceOf(Refusal);
  });

  test("a bomb stops being unpacked and is told", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [
        `node_modules/p${index}/package.json`,
        `{"name":"p${index}","version":"1","x":"${"0".repeat(100_000)}"}`,
      ]),
    );
    const limits = { ...defaultLimits, bundleUnpackedBytesMax: 500_000 };
    const inspection = await inspectFunctionBundle([await bundle(files)], { limits });
    expect(names(inspection).length).toBeLessThan(5);
    expect(isIncomplete(inspection.inventory)).toBe(true);
  });

  test("an entry that lies about its size is told, and the others are read", async () => {
    const bytes = buildZip({
      "node_modules/a/package.json": module("a", "1.0.0"),
      "node_modules/b/package.json": module("b", "1.0.0"),
    });
    // The size in the directory, 24 bytes behind the signature of its first entry.
    const at = bytes.indexOf(Buffer.from("PK\x01\x02", "latin1"));
    bytes.writeUInt32LE(bytes.readUInt32LE(at + 24) + 1, at + 24);
    const inspection = await inspectFunctionBundle([await write("lying.zip", bytes)]);
    expect(names(inspection)).toEqual(["b"]);
    expect(inspection.inventory.warnings).toMatchObject([{ code: "file-unreadable" }]);
  });

  test("no damage makes it fail otherwise than by a refusal", async () => {
    const bytes = buildZip({ "node_modules/a/package.json": module("a", "1.0.0"), "package-lock.json": lock });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 0, max: 255 }),
        fc.boolean(),
        async (at, byte, isCut) => {
          const damaged = isCut ? bytes.subarray(0, at) : Buffer.from(bytes);
          if (!isCut) damaged[at] = byte;
          const path = await write("damaged.zip", damaged);
          const result = await inspectFunctionBundle([path]).catch((error: unknown) => error);
          if (!(result instanceof Refusal)) Inspection.parse(result);
        },
      ),
    );
  });
});
