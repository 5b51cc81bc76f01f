import { z } from "zod";
import { codeFolders, repositoryRoot } from "./repository.ts";
import { runCommand } from "./run-command.ts";

const Cruise = z.object({
  modules: z.array(
    z.object({
      source: z.string(),
      dependencies: z.array(z.object({ resolved: z.string(), dependencyTypes: z.array(z.string()) })),
    }),
  ),
  summary: z.object({
    violations: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        rule: z.object({ name: z.string() }),
        comment: z.string().optional(),
      }),
    ),
  }),
});

export type BoundaryViolation = Readonly<{ rule: string; from: string; to: string }>;
export type CruiseReport = Readonly<{
  modules: readonly string[];
  /** What each module loads when it runs; imports of types alone are left out. */
  loads: ReadonlyMap<string, readonly string[]>;
  violations: readonly BoundaryViolation[];
}>;

const configuration = `${repositoryRoot}/packages/tooling/boundaries.cjs`;

/** Reads every import below `root` and says which break a rule of `boundaries.cjs`. */
export async function cruise(
  root: string = repositoryRoot,
  folders: readonly string[] = codeFolders,
): Promise<CruiseReport> {
  const outcome = await runCommand("depcruise", ["--config", configuration, "-T", "json", ...folders], { cwd: root });
  if (!outcome.stdout.startsWith("{")) throw new Error(`The boundary checker did not run: ${outcome.stderr}`);
  const { modules, summary } = Cruise.parse(JSON.parse(outcome.stdout));
  return {
    modules: modules.map(({ source }) => source),
    loads: new Map(
      modules.map(({ source, dependencies }) => [
        source,
        dependencies.filter(isLoaded).map(({ resolved }) => resolved),
      ]),
    ),
    violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}

function isLoaded({ dependencyTypes }: { dependencyTypes: readonly string[] }): boolean {
  return !dependencyTypes.includes("type-only");
}

/** Everything that runs when one of the modules is started. */
export function loadedBy(starts: readonly string[], loads: CruiseReport["loads"]): ReadonlySet<string> {
  const loaded = new Set(starts);
  for (const module of loaded) for (const next of loads.get(module) ?? []) loaded.add(next);
  return loaded;
}
