/** A fault that a rule must report, and where it is planted. Without code it is part of the file planted above it. */
export type PlantedFault = Readonly<{ rule: string; what: string; path: string; code?: string }>;
export type SparedCode = Omit<PlantedFault, "rule">;

const verbs = "packages/areas/fleet/src/verbs";
const store = "packages/areas/fleet/src/rim/store.ts";
const ctx = `
type Ports = { audit: { record(action: string): Promise<void> }; rows: { insert(): Promise<void> } };
type Ctx = { require(permission: string): void; unit(work: (ports: Ports) => Promise<void>): Promise<void> };
`;
const lines = (count: number): string => "  work();\n".repeat(count);

export const planted: readonly PlantedFault[] = [
  {
    rule: "rampart(verb-checks-permission)",
    what: "a unit of work before anybody asked for permission",
    path: `${verbs}/retire-defender.ts`,
    code: `${ctx}
export async function retireDefender(ctx: Ctx): Promise<void> {
  await ctx.unit(async ({ audit, rows }) => {
    await rows.insert();
    await audit.record("fleet.defender.retired");
  });
  ctx.require("fleet.write");
}
`,
  },
  {
    rule: "rampart(write-verb-audits)",
    what: "a write that leaves no audit entry",
    path: `${verbs}/rename-defender.ts`,
    code: `${ctx}
export async function renameDefender(ctx: Ctx): Promise<void> {
  ctx.require("fleet.write");
  await ctx.unit(({ rows }) => rows.insert());
}
`,
  },
  {
    rule: "rampart(named-after-export)",
    what: "a verb's file that exports something else",
    path: `${verbs}/enrol-defender.ts`,
    code: `export function registerDefender(): void {}\n`,
  },
  {
    rule: "rampart(no-ambient-input)",
    what: "Date.now() in core",
    path: "packages/areas/fleet/src/core/is-late.ts",
    code: `export const isLate = (seenAt: number): boolean => Date.now() - seenAt > 1000;\n`,
  },
  {
    rule: "rampart(no-ambient-input)",
    what: "new Date() in a verb",
    path: `${verbs}/note-heartbeat.ts`,
    code: `export const noteHeartbeat = (): Date => new Date();\n`,
  },
  {
    rule: "rampart(no-ambient-input)",
    what: "Math.random() in core",
    path: "packages/areas/fleet/src/core/return-delay.ts",
    code: `export const returnDelay = (): number => Math.random();\n`,
  },
  {
    rule: "rampart(no-nested-write)",
    what: "a second table written inside the first",
    path: store,
    code: `
declare const tx: { image: { create(args: object): void; findMany(args: object): void } };
export function save(ids: readonly string[]): void {
  tx.image.create({ data: { findings: { create: { id: "1" } } } });
  tx.image.findMany({ where: { id: { in: ids } } });
}
`,
  },
  { rule: "rampart(bounded-query)", what: "findMany without take", path: store },
  {
    rule: "rampart(bounded-schema)",
    what: "a text of any length in a frame",
    path: "packages/protocol/src/frames.ts",
    code: `import { z } from "zod";\nexport const Hello = z.strictObject({ name: z.string() });\n`,
  },
  {
    rule: "rampart(bounded-schema)",
    what: "a list of any length in a contract",
    path: "packages/areas/fleet/src/contract.ts",
    code: `import { z } from "zod";\nexport const Ids = z.array(z.uuid());\n`,
  },
  {
    rule: "rampart(explained-cast)",
    what: "a cast without a reason",
    path: "packages/areas/fleet/src/rim/read-row.ts",
    code: `export function readRow(row: unknown): string {\n  return row as string;\n}\n`,
  },
  {
    rule: "rampart(reasoned-exemption)",
    what: "a rule switched off without a reason",
    path: "workers/relay/src/lane.ts",
    code: `// oxlint-disable-next-line no-console\nconsole.log("started");\n`,
  },
  {
    rule: "rampart(reasoned-exemption)",
    what: "a rule switched off for a whole file",
    path: "workers/relay/src/main.ts",
    code: `/* oxlint-disable no-console */\nconsole.log("started");\n`,
  },
  {
    rule: "Unused oxlint-disable directive (no problems were reported).",
    what: "an exemption that is not needed any more",
    path: "workers/relay/src/rounds.ts",
    code: `// oxlint-disable-next-line no-console -- the report goes to the terminal\nexport const rounds = 1;\n`,
  },
  {
    rule: "rampart(refused-words)",
    what: "a file called utils",
    path: "packages/platform/queue/src/utils.ts",
    code: `export const lanes = 5;\n`,
  },
  {
    rule: "rampart(refused-words)",
    what: "a class called Manager",
    path: "packages/platform/queue/src/lanes.ts",
    code: `export class LaneManager {\n  open = 0;\n}\n`,
  },
  {
    rule: "rampart(refused-words)",
    what: "a function that only says it processes",
    path: "packages/platform/queue/src/jobs.ts",
    code: `export function processJob(): void {}\n`,
  },
  {
    rule: "rampart(extension-in-import)",
    what: "an import without its ending",
    path: "packages/platform/queue/src/index.ts",
    code: `export { processJob } from "./jobs";\n`,
  },
  {
    rule: "rampart(no-sleep-in-tests)",
    what: "a test that sleeps",
    path: "packages/platform/queue/src/jobs.test.ts",
    code: `
import { test, vi } from "vitest";
vi.mock("./jobs.ts");
test("waits", async () => {
  await new Promise((resolve) => setTimeout(resolve, 50));
});
`,
  },
  {
    rule: "vitest(no-restricted-vi-methods)",
    what: "a module mock",
    path: "packages/platform/queue/src/jobs.test.ts",
  },
  {
    rule: "node(no-process-env)",
    what: "the environment read outside config.ts",
    path: "apps/gateway/src/listen.ts",
    code: `export const port = process.env["GATEWAY_PORT"];\nconsole.log(port);\n`,
  },
  { rule: "eslint(no-console)", what: "output past the log", path: "apps/gateway/src/listen.ts" },
  {
    rule: "import(no-default-export)",
    what: "a default export outside the screens",
    path: "apps/gateway/src/routes.ts",
    code: `export default 1;\n`,
  },
  {
    rule: "unicorn(filename-case)",
    what: "a file name in camelCase",
    path: "apps/gateway/src/sessionTable.ts",
    code: `export const sessions = 1;\n`,
  },
  {
    rule: "eslint(max-lines)",
    what: "a file of more than 400 lines",
    path: "apps/gateway/src/long-file.ts",
    code: `export const list = [\n${"  1,\n".repeat(400)}];\n`,
  },
  {
    rule: "eslint(max-lines-per-function)",
    what: "a function of more than 70 lines",
    path: "apps/gateway/src/long-function.ts",
    code: `export function long(work: () => void): void {\n${lines(70)}}\n`,
  },
  {
    rule: "eslint(max-params)",
    what: "five parameters",
    path: "apps/gateway/src/wide-function.ts",
    code: `export const sum = (a: number, b: number, c: number, d: number, e: number): number => a + b + c + d + e;\n`,
  },
  {
    rule: "eslint(max-depth)",
    what: "blocks nested too deep",
    path: "apps/gateway/src/deep-function.ts",
    code: `
export function deep(rows: readonly number[][][]): void {
  for (const row of rows) {
    for (const cell of row) {
      for (const value of cell) {
        if (value > 1) {
          if (value > 2) throw new Error("deep");
        }
      }
    }
  }
}
`,
  },
  {
    rule: "eslint(complexity)",
    what: "more than twelve branches",
    path: "apps/gateway/src/branching-function.ts",
    code: `export function branching(n: number): number {\n${"  if (n > 1) n += 1;\n".repeat(13)}  return n;\n}\n`,
  },
  {
    rule: "typescript(no-explicit-any)",
    what: "any",
    path: "apps/gateway/src/types.ts",
    code: `export const first = (rows: any[]): string => rows[0]!;\n`,
  },
  { rule: "typescript(no-non-null-assertion)", what: "an exclamation mark", path: "apps/gateway/src/types.ts" },
  {
    rule: "typescript(no-floating-promises)",
    what: "a promise nobody waits for",
    path: "apps/gateway/src/promises.ts",
    code: `export function close(server: { close(): Promise<void> }): void {\n  server.close();\n}\n`,
  },
  {
    rule: "typescript(switch-exhaustiveness-check)",
    what: "a switch that forgot a case",
    path: "apps/gateway/src/switches.ts",
    code: `
export function colour(state: "on" | "off"): string {
  switch (state) {
    case "on":
      return "green";
  }
  return "";
}
`,
  },
];

/** Code that stands close to a fault and is right. */
export const spared: readonly SparedCode[] = [
  {
    what: "a verb in the shape of the house",
    path: `${verbs}/create-token.ts`,
    code: `${ctx}
export async function createToken(ctx: Ctx): Promise<void> {
  ctx.require("fleet.write");
  await ctx.unit(async ({ audit, rows }) => {
    await rows.insert();
    await audit.record("fleet.token.created");
  });
}
`,
  },
  {
    what: "a write that is exempt for a written reason",
    path: `${verbs}/record-heartbeat.ts`,
    code: `${ctx}
export async function recordHeartbeat(ctx: Ctx): Promise<void> {
  ctx.require("fleet.write");
  // oxlint-disable-next-line rampart/write-verb-audits -- what a machine observed is not an administrative change
  await ctx.unit(({ rows }) => rows.insert());
}
`,
  },
  {
    what: "a unit of work that only reads",
    path: `${verbs}/find-token.ts`,
    code: `
type Ports = { tokens: { find(id: string): Promise<string | null> } };
type Ctx = { require(permission: string): void; unit<T>(work: (ports: Ports) => Promise<T>): Promise<T> };
export async function findToken(ctx: Ctx, id: string): Promise<string | null> {
  ctx.require("fleet.read");
  return ctx.unit(({ tokens }) => tokens.find(id));
}
`,
  },
  {
    what: "a bounded query",
    path: "packages/areas/fleet/src/rim/token-store.ts",
    code: `
declare const tx: { token: { findMany(args: object): void; create(args: object): void } };
export function list(ids: readonly string[], limit: number): void {
  tx.token.findMany({ where: { id: { in: ids.slice(0, limit) } }, take: limit });
  // At most one id per lane.
  tx.token.findMany({ where: { id: { in: ids } }, take: limit });
  tx.token.create({ data: { settings: { colour: "red" } } });
}
`,
  },
  {
    what: "a cast with its reason, and as const",
    path: "packages/areas/fleet/src/rim/read-token.ts",
    code: `
export const kinds = ["a", "b"] as const;
export function readToken(row: unknown): string {
  // The column is declared \`text not null\`.
  return row as string;
}
`,
  },
  {
    what: "bounded texts and lists",
    path: "packages/protocol/src/heartbeat.ts",
    code: `import { z } from "zod";\nexport const Heartbeat = z.strictObject({ lanes: z.array(z.string().min(1).max(64)).max(8) });\n`,
  },
  {
    what: "the environment in config.ts",
    path: "apps/gateway/src/config.ts",
    code: `export const env = process.env;\n`,
  },
  {
    what: "a default export of a screen",
    path: "apps/console/src/app/page.tsx",
    code: `export default function Page(): null {\n  return null;\n}\n`,
  },
];
