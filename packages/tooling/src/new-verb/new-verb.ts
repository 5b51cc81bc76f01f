import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addToRouter } from "./add-to-router.ts";
import { contractStub, testFile, verbFile } from "./templates.ts";
import { verbNames, type VerbNames } from "./verb-names.ts";

/** Writes a verb, its test, its input schema and its line in the router; returns the paths that it touched. */
export function newVerb(root: string, area: string, file: string): readonly string[] {
  const names = verbNames(area, file);
  const folder = `packages/areas/${area}/src`;
  if (!existsSync(join(root, folder, "contract.ts"))) throw new Error(`There is no area "${area}".`);
  const verb = `${folder}/verbs/${file}.ts`;
  if (existsSync(join(root, verb))) throw new Error(`${verb} exists already.`);
  const router = `${folder}/rim/router.ts`;
  const files = new Map([
    [verb, verbFile(names)],
    [`${folder}/verbs/${file}.test.ts`, testFile(names)],
    ...contractFiles(root, folder, names),
    [router, addToRouter(readFileSync(join(root, router), "utf8"), names)],
  ]);
  for (const [path, text] of files) writeFileSync(join(root, path), text);
  return [...files.keys()];
}

/** A contract that has outgrown one file is a folder behind `contract.ts`. */
function contractFiles(root: string, folder: string, names: VerbNames): readonly (readonly [string, string])[] {
  const contract = `${folder}/contract.ts`;
  const text = readFileSync(join(root, contract), "utf8");
  if (!existsSync(join(root, folder, "contract"))) return [[contract, text + contractStub(names)]];
  return [
    [`${folder}/contract/${names.file}.ts`, `import { z } from "zod";\n${contractStub(names)}`],
    [contract, `${text}export * from "./contract/${names.file}.ts";\n`],
  ];
}
