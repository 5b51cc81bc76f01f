import type { VerbNames } from "./verb-names.ts";

export function contractStub({ schema }: VerbNames): string {
  return `
export const ${schema} = z.object({ id: z.uuid() });
export type ${schema} = z.infer<typeof ${schema}>;
`;
}

export function verbFile(names: VerbNames): string {
  return names.reads ? readVerb(names) : writeVerb(names);
}

function readVerb({ area, verb, schema, prefix }: VerbNames): string {
  return `import { Refusal } from "@rampart/kernel";
import type { ${schema} } from "../contract.ts";
import type { ${prefix}Ctx } from "../ports.ts";

/** Says in one sentence what is answered. */
export async function ${verb}(ctx: ${prefix}Ctx, asked: ${schema}): Promise<void> {
  ctx.require("${area}.read");
  return ctx.read(async () => {
    throw new Refusal("not-found", "${area}.not-found", \`There is nothing called "\${asked.id}" in this project.\`);
  });
}
`;
}

function writeVerb({ area, file, verb, schema, prefix }: VerbNames): string {
  return `import type { ${schema} } from "../contract.ts";
import type { ${prefix}Ctx } from "../ports.ts";

/** Says in one sentence what changes. */
export async function ${verb}(ctx: ${prefix}Ctx, asked: ${schema}): Promise<void> {
  ctx.require("${area}.write");
  await ctx.unit(async ({ audit }) => {
    // Load what the decision needs, ask core, write, append the fact that others wait for.
    await audit.record("${area}.${file}", { subject: asked.id, after: asked });
  });
}
`;
}

export function testFile(names: VerbNames): string {
  const { area, file, verb, prefix, reads } = names;
  const permission = reads ? `${area}.read` : `${area}.write`;
  return `import { testCaller, testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bind${prefix} } from "../bind.ts";
import { ${verb} } from "./${file}.ts";

let db: TestDatabase;
beforeAll(async () => void (db = await testDatabase()));
afterAll(() => db.drop());

const asked = { id: "018f22e2-79b0-7cc3-98c4-dc0c0c07398f" };

describe("${verb}", () => {
  test("refuses without permission", async () => {
    const ctx = bind${prefix}(db, await db.newProject(), testCaller([]));
    await expect(${verb}(ctx, asked)).rejects.toThrow(/${permission.replace(".", "\\.")}/);
  });

  test.todo("does not see another project");
  test.todo("running it twice changes nothing more");
});
`;
}

/** The router's line: a query for what reads, a mutation for what writes. */
export function routerLine(names: VerbNames, procedure: Readonly<{ name: string; ctx: string }>): string {
  const { verb, schema, reads } = names;
  return `  ${verb}: ${procedure.name}.input(${schema}).${reads ? "query" : "mutation"}(({ ctx, input }) => ${verb}(${procedure.ctx}, input)),\n`;
}
