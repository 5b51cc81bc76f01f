import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { repositoryRoot } from "../../packages/tooling/src/repository.ts";
import { runCommand } from "../../packages/tooling/src/run-command.ts";
import { plantTree, type PlantedTree } from "./plant-tree.ts";

/** What core and verbs must not know, as code that uses it. */
const impure = {
  process: "process.exitCode = 1;",
  fetch: 'await fetch("https://example.com");',
  console: 'console.log("hello");',
  setTimeout: "setTimeout(() => {}, 1);",
  Buffer: "Buffer.alloc(1);",
  crypto: "crypto.randomUUID();",
  "node:fs": 'await import("node:fs");',
};

let tree: PlantedTree;
let said: string;

beforeAll(async () => {
  const configuration = readFileSync(join(repositoryRoot, "packages/tooling/tsconfig.pure.json"), "utf8");
  const files = Object.entries(impure).map(([name, code]) => [pathOf(name), `export {};\n${code}\n`]);
  tree = plantTree({ "packages/tooling/tsconfig.pure.json": configuration, ...Object.fromEntries(files) });
  said = (await runCommand("tsc", ["-p", "packages/tooling/tsconfig.pure.json"], { cwd: tree.root })).stdout;
});

afterAll(() => tree.remove());

describe("core does not compile with", () => {
  test.for(Object.keys(impure))("%s", (name) => expect(said).toContain(pathOf(name)));
});

function pathOf(name: string): string {
  return `packages/areas/fleet/src/core/uses-${name.replace(":", "-")}.ts`;
}
