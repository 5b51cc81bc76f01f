import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lintFindings } from "../../packages/tooling/src/lint-findings.ts";
import { planted, spared } from "./planted-code.data.ts";
import { plantTree, type PlantedTree } from "./plant-tree.ts";

let tree: PlantedTree;
let findings: readonly string[];

beforeAll(async () => {
  const files = [...planted, ...spared].flatMap(({ path, code }) =>
    code === undefined ? [] : [[path, code] as const],
  );
  tree = plantTree(Object.fromEntries(files));
  const found = await lintFindings(["--type-aware", "apps", "packages", "workers"], tree.root);
  findings = found.map(({ code, message, path }) => `${code || message} in ${path}`);
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
