import { globSync } from "node:fs";
import { join, relative, resolve } from "node:path";

/** The repository that these tools are part of. */
export const repositoryRoot = resolve(import.meta.dirname, "../../..");

/** Every folder that holds our code; the top level is fixed, so this list is too. */
export const codeFolders = ["apps", "deploy", "packages", "prisma", "test", "workers"] as const;

const leftOut = /(^|\/)(node_modules|dist|\.next|generated|test-results|\.rampart)(\/|$)|next-env\.d\.ts$/;

/** Paths from the root, sorted; a pattern such as `**\/*.ts` is tried in each of our folders. */
export function listFiles(patterns: readonly string[], root: string = repositoryRoot): readonly string[] {
  const found = codeFolders.flatMap((folder) =>
    globSync([...patterns], { cwd: join(root, folder), exclude: (path) => leftOut.test(path) }).map((path) =>
      relative(root, join(root, folder, path)),
    ),
  );
  return [...new Set(found)].filter((path) => !leftOut.test(path)).toSorted();
}

export function listSources(root: string = repositoryRoot): readonly string[] {
  return listFiles(["**/*.ts", "**/*.tsx"], root).filter((path) => !path.endsWith(".d.ts"));
}

/** Tests, and what exists for tests only: fixtures and samples beside a source, the test kit, `test/`. */
export function isTest(path: string): boolean {
  return /\.(test|fixture)\.tsx?$|\/(fixture|testing)\/|\/samples\.ts$|^test\//.test(path);
}
