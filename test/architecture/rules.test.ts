import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { runCommand } from "../../packages/tooling/src/run-command.ts";
import { planted, spared } from "./planted-code.data.ts";
import { plantTree, type PlantedTree } from "./plant-tree.ts";

const Findings = z.object({ diagnostics: z.array(z.object({ code: z.string().default(""), filename: z.string() })) });

let tree: PlantedTree;
let findings: readonly string[];

beforeAll(async () => {
  const files = [...planted, ...spared].flatMap(({ path, code }) =>
    code === undefined ? [] : [[path, code] as const],
  );
  tree = plantTree(Object.fromEntries(files));
  const { stdout } = await runCommand("oxlint", ["--type-aware", "-f", "json", "apps", "packages", "workers"], {
    cwd: tree.root,
  });
  findings = Findings.parse(JSON.parse(stdout)).diagnostics.map(({ code, filename }) => `${code} in ${filename}`);
});

afterAll(() => tree.remove());

describe("the linter reports", () => {
  test.for(planted.map((fault) => [fault.rule, fault.path, fault.what] as const))("%s: %s, %s", ([rule, path]) => {
    expect(findings).toContain(`${rule} in ${path}`);
  });
});

describe("the linter accepts", () => {
  test.for(spared.map((example) => [example.what, example.path] as const))("%s (%s)", ([, path]) => {
    expect(findings.filter((finding) => finding.endsWith(` in ${path}`))).toEqual([]);
  });
});
