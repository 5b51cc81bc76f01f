import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import manifest from "../package.json" with { type: "json" };

export const defenderVersion: string = manifest.version;

/** Parts of a bundle lie beside each other; run from source, they lie in the source folder. */
const ending = path.extname(import.meta.filename);

/** The program that inspects, to be started as a process of its own. */
export const inspectChildFile = path.join(import.meta.dirname, `inspect-child${ending}`);

/** The program that looks at processes, likewise. */
export const useChildFile = path.join(import.meta.dirname, `use-child${ending}`);

/** The program that looks for changes of containers, likewise. */
export const changesChildFile = path.join(import.meta.dirname, `changes-child${ending}`);

/** Changes whenever the program that inspects does, so that images are inspected again by a better one. */
export async function readInspectionRevision(): Promise<string> {
  return createHash("sha256")
    .update(await readFile(inspectChildFile))
    .digest("hex")
    .slice(0, 16);
}
