import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cruise, loadedBy, type CruiseReport } from "../../packages/tooling/src/cruise.ts";
import { isTest, listSources, repositoryRoot } from "../../packages/tooling/src/repository.ts";
import { plantTree, type PlantedTree } from "./plant-tree.ts";

const area = (name: string): string => `packages/areas/${name}/src`;

/** Imports that must be refused: the rule, who imports, what is imported. */
const forbidden = [
  ["ladder-fleet", `${area("fleet")}/rim/upwards.ts`, `${area("inventory")}/index.ts`],
  ["ladder-vulnerabilities", `${area("vulnerabilities")}/rim/sideways.ts`, `${area("alerts")}/contract.ts`],
  ["ladder-alerts", `${area("alerts")}/verbs/front-door.ts`, `${area("vulnerabilities")}/index.ts`],
  ["ladder-inventory", `${area("inventory")}/rim/behind-the-door.ts`, `${area("fleet")}/rim/store.ts`],
  ["bind-fleet", `${area("fleet")}/bind.ts`, `${area("inventory")}/bind.ts`],
  ["nobody-imports-audit", `${area("fleet")}/verbs/audits.ts`, `${area("audit")}/index.ts`],
  ["inner-rings-do-no-io", `${area("fleet")}/core/reads-files.ts`, "node:fs"],
  ["inner-rings-do-no-io", `${area("fleet")}/contract.ts`, "pg"],
  ["rings-point-inwards", `${area("fleet")}/verbs/queries.ts`, "packages/platform/database/src/index.ts"],
  ["rings-point-inwards", `${area("fleet")}/core/asks-the-rim.ts`, `${area("fleet")}/rim/store.ts`],
  ["core-is-innermost", `${area("fleet")}/core/acts.ts`, `${area("fleet")}/verbs/audits.ts`],
  ["database-only-in-the-rim", `${area("fleet")}/rim/router.ts`, "packages/platform/database/src/generated/client.ts"],
  ["transport-does-not-query", "packages/api/src/query.ts", "packages/platform/database/src/generated/client.ts"],
  ["front-door-router", "workers/relay/src/mount.ts", `${area("fleet")}/rim/router.ts`],
  ["front-door-rest", "workers/relay/src/rest.ts", `${area("fleet")}/rim/rest.ts`],
  ["front-door-jobs", "apps/gateway/src/jobs.ts", `${area("fleet")}/rim/jobs.ts`],
  ["front-door-bind", "apps/cli/src/bind.ts", `${area("fleet")}/bind.ts`],
  ["no-door-into-a-foreign-folder", "workers/scanning/src/short-cut.ts", `${area("fleet")}/verbs/audits.ts`],
  ["kernel-grant", `${area("inventory")}/rim/grants.ts`, "packages/kernel/src/grant.ts"],
  ["database-unscoped", `${area("inventory")}/rim/everything.ts`, "packages/platform/database/src/unscoped.ts"],
  ["database-migrate", "workers/scanning/src/migrates.ts", "packages/platform/database/src/migrate.ts"],
  ["platform-knows-no-area", "packages/platform/queue/src/knows.ts", `${area("fleet")}/contract.ts`],
  ["kernel-stands-alone", "packages/kernel/src/leans.ts", "packages/platform/database/src/index.ts"],
  ["protocol-is-types", "packages/protocol/src/stores.ts", "packages/platform/database/src/index.ts"],
  ["screens-read-through-the-api", "apps/console/src/app/page.tsx", `${area("fleet")}/index.ts`],
  ["screens-read-through-the-api", "apps/console/src/shell/live.tsx", "packages/platform/database/src/index.ts"],
  ["gateway-decides-nothing", "apps/gateway/src/decides.ts", `${area("vulnerabilities")}/core/index.ts`],
  ["defender-stays-small", "apps/defender/src/queries.ts", "packages/platform/database/src/index.ts"],
  ["cli-speaks-the-api", "apps/cli/src/queries.ts", "packages/platform/database/src/index.ts"],
  ["nobody-imports-a-process", "packages/api/src/starts.ts", "apps/gateway/src/decides.ts"],
  ["processes-do-not-share-files", "apps/cli/src/borrows.ts", "apps/gateway/src/decides.ts"],
  ["test-kit-only-in-tests", "workers/scanning/src/fakes.ts", "packages/platform/testing/src/index.ts"],
  ["resolved", "workers/scanning/src/gone.ts", "workers/scanning/src/not-there.ts"],
  ["no-cycles", "workers/scanning/src/first.ts", "workers/scanning/src/second.ts"],
] as const;

/** Imports that stand close to a forbidden one and are right. */
const allowed = [
  [`${area("vulnerabilities")}/verbs/asks-below.ts`, `${area("inventory")}/index.ts`],
  [`${area("alerts")}/core/reads-facts.ts`, `${area("vulnerabilities")}/contract.ts`],
  [`${area("inventory")}/bind.ts`, `${area("audit")}/index.ts`],
  [`${area("inventory")}/verbs/reads-frame.ts`, "packages/protocol/src/index.ts"],
  [`${area("inventory")}/contract.ts`, "packages/inspection/src/contract.ts"],
  [`${area("inventory")}/rim/store.ts`, "packages/platform/database/src/index.ts"],
  ["apps/console/src/app/page.tsx", `${area("fleet")}/contract.ts`],
  ["apps/console/src/server/sign-in.ts", `${area("identity")}/bind.ts`],
  ["workers/upkeep/src/lane.ts", `${area("fleet")}/rim/jobs.ts`],
  ["packages/platform/rpc/src/grants.ts", "packages/kernel/src/grant.ts"],
] as const;

/** Where `database.installation` may be called. */
const leavesProject =
  /^(packages\/platform\/|packages\/areas\/[^/]+\/src\/(rim\/|bind\.ts)|workers\/|packages\/tooling\/)/;
const read = (path: string): string => readFileSync(join(repositoryRoot, path), "utf8");

let tree: PlantedTree;
let report: CruiseReport;

beforeAll(async () => {
  tree = plantTree(plantedFiles());
  report = await cruise(tree.root, ["apps", "packages", "workers"]);
});

afterAll(() => tree.remove());

describe("a planted import is refused", () => {
  test.for(forbidden)("%s: %s -> %s", ([rule, from, to]) => {
    const found = report.violations.filter((violation) => violation.rule === rule && violation.from === from);
    expect(found.map((violation) => violation.to.replace(/^fs$/, "node:fs")).join()).toContain(endOf(to));
  });
});

test("a file with a `using` declaration is read like any other", () => {
  const rules = report.violations
    .filter(({ from }) => from === "workers/scanning/src/disposes.ts")
    .map(({ rule }) => rule);
  expect(rules).toContain("resolved");
});

test.for(allowed)("%s may import %s", ([from, to]) => {
  expect(report.violations.filter((violation) => violation.from === from && violation.to === to)).toEqual([]);
  expect(report.modules).toContain(from);
});

describe("this repository", () => {
  let real: CruiseReport;
  beforeAll(async () => {
    real = await cruise();
  });

  test("has every source file looked at", () => {
    const seen = new Set(real.modules);
    expect(listSources().filter((path) => !seen.has(path))).toEqual([]);
  });

  test("has its own packages followed to their sources", () => {
    expect(real.modules.filter((path) => path.includes("node_modules/@rampart/"))).toEqual([]);
  });

  test.for(["cli", "defender"])("loads no database and no server into the %s, by no chain of imports", (app) => {
    const loaded = [...loadedBy([`apps/${app}/src/main.ts`], real.loads)];
    expect(loaded.length).toBeGreaterThan(10);
    expect(loaded.filter((path) => /^packages\/(platform\/(database|rpc|ui)|api)\//.test(path))).toEqual([]);
  });

  test("leaves a project only in rims and in the relay", () => {
    const opens = listSources().filter((path) => !isTest(path) && read(path).includes(".installation("));
    expect(opens.filter((path) => !leavesProject.test(path))).toEqual([]);
  });

  test("has no import that breaks a boundary", () => {
    expect(real.violations).toEqual([]);
  });
});

function plantedFiles(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [from, to] of [...forbidden.map(([, ...pair]) => pair), ...allowed]) {
    const isOurs = /^(apps|packages|workers)\//.test(to);
    if (isOurs && !to.endsWith("not-there.ts")) files[to] ??= "export {};\n";
    files[from] = `${files[from] ?? ""}import "${isOurs ? pathBetween(from, to) : to}";\n`;
  }
  files["workers/scanning/src/second.ts"] = `import "./first.ts";\n`;
  files["workers/scanning/src/disposes.ts"] =
    `await using file = (await import("../../../apps/cli/src/gone.ts")).open();\n`;
  return files;
}

function pathBetween(from: string, to: string): string {
  const path = relative(dirname(from), to);
  return path.startsWith(".") ? path : `./${path}`;
}

/** A module that cannot be resolved and a package are reported under the name that the import gave them. */
function endOf(path: string): string {
  return path.endsWith("not-there.ts") ? "not-there.ts" : path;
}
