import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newVerb } from "./new-verb.ts";

const area = "packages/areas/fleet/src";
const router = `import { projectProcedure, router } from "@rampart/rpc";
import { bindFleet } from "../bind.ts";
import {
  ListDefenders,
} from "../contract.ts";
import { listDefenders } from "../verbs/list-defenders.ts";

const fleetProcedure = projectProcedure.use(({ ctx, next }) => next({ ctx: { fleet: bindFleet(ctx) } }));

export const fleetRouter = router({
  listDefenders: fleetProcedure.input(ListDefenders).query(({ ctx, input }) => listDefenders(ctx.fleet, input)),
});
`;

let root: string;
const read = (path: string): string => readFileSync(join(root, area, path), "utf8");
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, area, path)), { recursive: true });
  writeFileSync(join(root, area, path), text);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "rampart-new-verb-"));
  write("contract.ts", 'import { z } from "zod";\n');
  write("rim/router.ts", router);
  mkdirSync(join(root, area, "verbs"));
});
afterEach(() => rmSync(root, { recursive: true }));

describe("newVerb", () => {
  test("writes a verb that asks for permission and audits, its test, its schema and its line", () => {
    expect(newVerb(root, "fleet", "rename-defender")).toHaveLength(4);
    expect(read("verbs/rename-defender.ts")).toMatch(
      /ctx\.require\("fleet\.write"\);\n\s+await ctx\.unit\(async \(\{ audit \}\)/,
    );
    expect(read("verbs/rename-defender.test.ts")).toContain("refuses without permission");
    expect(read("contract.ts")).toContain("export const RenameDefender = z.object");
    expect(read("rim/router.ts")).toContain("renameDefender: fleetProcedure.input(RenameDefender).mutation(");
    expect(read("rim/router.ts")).toContain('import { ListDefenders, RenameDefender } from "../contract.ts";');
  });

  test("makes a verb that reads a query which asks for the permission to read", () => {
    newVerb(root, "fleet", "count-defenders");
    expect(read("verbs/count-defenders.ts")).toContain('ctx.require("fleet.read");');
    expect(read("rim/router.ts")).toContain(".query(({ ctx, input }) => countDefenders(ctx.fleet, input))");
  });

  test("writes the schema into a file of its own where the contract is a folder", () => {
    write("contract/tokens.ts", "");
    newVerb(root, "fleet", "revoke-token");
    expect(read("contract/revoke-token.ts")).toContain("export const RevokeToken");
    expect(read("contract.ts")).toContain('export * from "./contract/revoke-token.ts";');
  });

  test.for([
    ["an area that does not exist", "stock", "rename-defender", /no area/],
    ["a name that is no verb", "fleet", "defender", /no verb/],
    ["a verb that could mean anything", "fleet", "process-defender", /could mean anything/],
    ["a verb that exists", "fleet", "retire-defender", /exists already/],
  ] as const)("refuses %s", ([, name, verb, message]) => {
    write("verbs/retire-defender.ts", "");
    expect(() => newVerb(root, name, verb)).toThrow(message);
  });
});
