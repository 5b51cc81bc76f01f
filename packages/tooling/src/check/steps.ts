import { globSync, statSync } from "node:fs";
import { join } from "node:path";
import { cruise } from "../cruise.ts";
import { listSources, repositoryRoot } from "../repository.ts";
import { runCommand } from "../run-command.ts";

export type StepResult = Readonly<{ ok: boolean; report: string }>;
export type Step = Readonly<{ name: string; mend: string; run: () => Promise<StepResult> }>;

/** What `npm run check` does, in this order. None of it needs a database. */
export const steps: readonly Step[] = [
  { name: "generate", mend: "mend the schema that is named", run: generateClient },
  command("format", "npm run format", "oxfmt", ["--check", "."]),
  command("lint", "follow the help of each finding", "oxlint", ["--type-aware"]),
  command("types", "mend the types", "tsc", ["-p", "."]),
  command("pure rings", "core and verbs may use neither Node nor the browser: ask a port", "tsc", [
    "-p",
    "packages/tooling/tsconfig.pure.json",
  ]),
  {
    name: "boundaries",
    mend: "see packages/tooling/boundaries.cjs and handbook/architecture.md",
    run: checkBoundaries,
  },
  command("unused", "remove it, or use it", "knip", ["--no-progress"]),
  command("versions", "one version per dependency: syncpack fix", "syncpack", ["lint"]),
  command("architecture", "each test says what it guards", "vitest", [
    "run",
    "--config",
    "packages/tooling/vitest.config.ts",
    "--reporter=default",
  ]),
];

function command(name: string, mend: string, tool: string, args: readonly string[]): Step {
  return {
    name,
    mend,
    run: async () => {
      const { ok, stdout, stderr } = await runCommand(tool, args);
      return { ok, report: `${stdout}${stderr}` };
    },
  };
}

/** The database client is made from the schema; types and lint need it as it is now. */
async function generateClient(): Promise<StepResult> {
  const client = statSync(join(repositoryRoot, "packages/platform/database/src/generated/client.ts"), {
    throwIfNoEntry: false,
  });
  const schemas = globSync("prisma/schema/*.prisma", { cwd: repositoryRoot });
  const newest = Math.max(...schemas.map((path) => statSync(join(repositoryRoot, path)).mtimeMs));
  if (client !== undefined && client.mtimeMs >= newest) return { ok: true, report: "" };
  // Generating needs no engine; without a name for one the tool wants to download it.
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: "/bin/true", PRISMA_HIDE_UPDATE_MESSAGE: "1" };
  const { ok, stdout, stderr } = await runCommand("prisma", ["generate", "--config", "prisma/prisma.config.ts"], {
    env,
  });
  return { ok, report: `${stdout}${stderr}` };
}

async function checkBoundaries(): Promise<StepResult> {
  const { modules, violations } = await cruise();
  const seen = new Set(modules);
  const missed = listSources().filter((path) => !seen.has(path));
  const lines = [
    ...violations.map(({ rule, from, to }) => `${rule}: ${from} -> ${to}`),
    ...missed.map((path) => `not looked at: ${path}`),
  ];
  return { ok: lines.length === 0, report: `${lines.join("\n")}\n` };
}
