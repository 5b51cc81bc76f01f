import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { repositoryRoot } from "../../packages/tooling/src/repository.ts";

export type PlantedTree = Readonly<{ root: string; remove: () => void }>;

/**
 * Writes a small repository with known faults into a temporary folder, so that a test can see a check fail. It shares
 * the installed packages and the tools' configuration with this one.
 */
export function plantTree(files: Readonly<Record<string, string>>): PlantedTree {
  const root = mkdtempSync(join(tmpdir(), "rampart-planted-"));
  symlinkSync(join(repositoryRoot, "node_modules"), join(root, "node_modules"));
  cpSync(join(repositoryRoot, "tsconfig.json"), join(root, "tsconfig.json"));
  writeFileSync(join(root, ".oxlintrc.json"), lintConfiguration());
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { root, remove: () => rmSync(root, { recursive: true }) };
}

function lintConfiguration(): string {
  const text = readFileSync(join(repositoryRoot, ".oxlintrc.json"), "utf8");
  return text.replace(
    "./packages/tooling/src/lint/index.ts",
    join(repositoryRoot, "packages/tooling/src/lint/index.ts"),
  );
}
