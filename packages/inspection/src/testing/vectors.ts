import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { TarWalker } from "../tar/walk-tar.ts";
import { collectBody } from "../layers/collect-body.ts";

/** Real package databases with the inventories that they must give; they lie beside the repository. */
const vectorsFolder = join(import.meta.dirname, "..", "..", "..", "..", "..", "shared", "data", "vectors");

export function readVector(path: string): Buffer {
  const whole = join(vectorsFolder, path);
  if (!existsSync(whole)) throw new Error(`The test vectors are missing: ${whole} (see packages/handbook).`);
  const bytes = readFileSync(whole);
  return path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
}

/** Rows of a tab-separated vector, without its comment lines. */
export function readVectorRows(path: string): string[][] {
  const lines = readVector(path).toString("utf8").split("\n");
  return lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) => line.split("\t"));
}

/** Files of a vector that is a tar archive, by name. */
export function readVectorArchive(path: string): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  const walker = new TarWalker(
    ({ kind, name, size }) => (kind === "file" ? collectBody(size, (body) => void files.set(name, body)) : null),
    { entriesMax: 10_000, headerBytesMax: 65_536 },
  );
  walker.push(readVector(path));
  walker.end();
  return files;
}
