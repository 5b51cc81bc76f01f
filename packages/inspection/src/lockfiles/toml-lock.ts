import { z } from "zod";
import { normalName } from "../readers/python.ts";
import type { Declared } from "./declared.ts";
import { parseToml } from "./parse-document.ts";

const Tables = z.array(z.unknown());
const Package = z.object({
  name: z.string(),
  version: z.string().optional(),
  source: z.unknown().optional(),
  directory: z.unknown().optional(),
});
/** uv's words for a package that is a folder. */
const OwnSource = z.union([
  z.object({ virtual: z.unknown() }),
  z.object({ editable: z.unknown() }),
  z.object({ directory: z.unknown() }),
]);

/** Reads Cargo.lock. */
export function readCargoLock(bytes: Buffer): Declared[] {
  const { package: tables } = parseToml(bytes, z.object({ package: Tables.optional() }));
  return (tables ?? []).flatMap(readPackage);
}

/** Reads poetry.lock, pdm.lock and uv.lock. */
export function readPythonLock(bytes: Buffer): Declared[] {
  return readCargoLock(bytes).map(toPython);
}

/** Reads pylock.toml, the common format of Python. */
export function readPylock(bytes: Buffer): Declared[] {
  const { packages } = parseToml(bytes, z.object({ packages: Tables.optional() }));
  return (packages ?? []).flatMap(readPackage).map(toPython);
}

function readPackage(table: unknown): Declared[] {
  const found = Package.safeParse(table).data;
  if (found === undefined) return [{ name: "a package without a name", version: null }];
  const isOwn = OwnSource.safeParse(found.source).success || found.directory !== undefined;
  return isOwn ? [] : [{ name: found.name, version: found.version ?? null }];
}

function toPython(declared: Declared): Declared {
  return { ...declared, name: normalName(declared.name) };
}
