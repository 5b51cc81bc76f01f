import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { isTest, listFiles, listSources, repositoryRoot } from "../../packages/tooling/src/repository.ts";
import { runCommand } from "../../packages/tooling/src/run-command.ts";

const topLevel = [
  "LICENSE",
  "README.md",
  "apps",
  "deploy",
  "package-lock.json",
  "package.json",
  "packages",
  "prisma",
  "test",
  "tsconfig.json",
  "vitest.config.ts",
  "workers",
];
const pathSegmentsMax = 9;
const laneFiles = ["config.ts", "lane.ts", "main.ts"];

const folders = (path: string): readonly string[] =>
  readdirSync(join(repositoryRoot, path), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
const read = (path: string): string => readFileSync(join(repositoryRoot, path), "utf8");

test("the top level holds what the house lists, beside dot files", async () => {
  const { stdout } = await runCommand("git", ["ls-files"]);
  const tracked = new Set(stdout.split("\n").flatMap((path) => path.split("/").slice(0, 1)));
  expect([...tracked].filter((name) => name !== "" && !name.startsWith(".") && !topLevel.includes(name))).toEqual([]);
});

test(`no path has more than ${pathSegmentsMax} segments below its workspace`, () => {
  const below = (path: string): number =>
    path.replace(/^(packages\/(areas|platform)|[^/]+)\/[^/]+\//, "").split("/").length;
  expect(listSources().filter((path) => below(path) > pathSegmentsMax)).toEqual([]);
});

test("an index.ts is a front door, never a barrel inside a package", () => {
  const doors =
    /^(packages\/(?:areas\/|platform\/)?[^/]+\/src\/(core\/|lint\/|rest\/)?|apps\/[^/]+\/src\/|workers\/[^/]+\/src\/)index\.ts$/;
  expect(listSources().filter((path) => path.endsWith("/index.ts") && !isTest(path) && !doors.test(path))).toEqual([]);
});

describe.for(folders("packages/areas"))("area %s", (area) => {
  const path = `packages/areas/${area}`;

  test("opens with a README", () => expect(existsSync(join(repositoryRoot, path, "README.md"))).toBe(true));

  test("has its front doors where every area has them", () => {
    const { exports } = z
      .object({ exports: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read(`${path}/package.json`)));
    const known = { ".": "index.ts", "./contract": "contract.ts", "./core": "core/index.ts", "./bind": "bind.ts" };
    const doors = { ...known, "./router": "rim/router.ts", "./jobs": "rim/jobs.ts", "./rest": "rim/rest.ts" };
    expect(
      Object.entries(doors).filter(([door, file]) => (exports[door] ?? `./src/${file}`) !== `./src/${file}`),
    ).toEqual([]);
    expect(Object.values(exports).filter((file) => !existsSync(join(repositoryRoot, path, file)))).toEqual([]);
  });
});

test.for(folders("workers"))("lane %s is main, lane and config", (lane) => {
  expect(laneFiles.filter((file) => !existsSync(join(repositoryRoot, "workers", lane, "src", file)))).toEqual([]);
});

test("a test lies beside its source or in test/", () => {
  const lonely = listFiles(["**/*.test.ts", "**/*.test.tsx"]).filter((path) => /\/(__tests__|tests|spec)\//.test(path));
  expect(lonely).toEqual([]);
});
