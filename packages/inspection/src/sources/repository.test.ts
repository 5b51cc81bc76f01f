import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Inspection, isIncomplete } from "../contract.ts";
import { defaultLimits } from "../limits.ts";
import { inspectRepository } from "./repository.ts";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "rampart-repository-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(path: string, body: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), body);
}

const lockOf = (name: string) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: { "": { name: "x" }, [`node_modules/${name}`]: { version: "1.0.0" } },
  });
const names = ({ inventory }: Inspection) => inventory.packages.map(({ name }) => name);

describe("inspectRepository", () => {
  test("tells what the lock files of all folders declare, and where", async () => {
    await write("package-lock.json", lockOf("a"));
    // Names that a root file system has and that mean nothing here.
    await write("dev/run/package-lock.json", lockOf("b"));
    await write("api/requirements.txt", "flask==2.0.0\n");
    const inspection = Inspection.parse(await inspectRepository(root));
    expect(inspection.inventory.packages.map(({ name, path }) => [name, path])).toEqual([
      ["a", "package-lock.json"],
      ["b", "dev/run/package-lock.json"],
      ["flask", "api/requirements.txt"],
    ]);
    expect(inspection.inventory.warnings).toEqual([]);
  });

  test("what tools fetched into it is not what it declares", async () => {
    for (const fetched of ["node_modules/x", ".git/modules/x", ".venv/lib/site-packages/x"]) {
      await write(`${fetched}/package-lock.json`, lockOf("fetched"));
    }
    expect(names(await inspectRepository(root))).toEqual([]);
  });

  test("a manifest without a lock file is never clean; with one above it, it says nothing", async () => {
    await write("web/package.json", '{"dependencies":{"a":"^1.0.0"}}');
    const without = await inspectRepository(root);
    expect(without.inventory.warnings[0]?.message).toContain(
      "web/package.json: it asks for packages, and no lock file",
    );
    expect(isIncomplete(without.inventory)).toBe(true);
    await write("package-lock.json", lockOf("a"));
    expect((await inspectRepository(root)).inventory.warnings).toEqual([]);
  });

  test("no link is followed", async () => {
    await write("real/package-lock.json", lockOf("a"));
    await mkdir(join(root, "linked"));
    await symlink(join(root, "real/package-lock.json"), join(root, "linked/package-lock.json"));
    await symlink(join(root, "real"), join(root, "folder"));
    expect(names(await inspectRepository(root))).toEqual(["a"]);
  });

  test.for([
    ["makes no sense", "{", {}],
    ["is too large", lockOf("a"), { lockfileBytesMax: 10 }],
  ] as const)("a lock file that %s is a warning, and the others are read", async ([, body, changed]) => {
    await write("bad/package-lock.json", body);
    await write("api/requirements.txt", "f==2\n");
    const inspection = await inspectRepository(root, { limits: { ...defaultLimits, ...changed } });
    expect(names(inspection)).toEqual(["f"]);
    expect(inspection.inventory.warnings[0]?.message).toContain("bad/package-lock.json");
    expect(isIncomplete(inspection.inventory)).toBe(true);
  });
});
