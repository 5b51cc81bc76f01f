import { z } from "zod";
import type { Declared } from "./declared.ts";
import { exactVersion, isOwnFolder, splitAtVersion } from "./npm-name.ts";
import { Entries, parseJson } from "./parse-document.ts";

const Lock = z.object({ packages: Entries.optional(), dependencies: Entries.optional() });
const Located = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  link: z.boolean().optional(),
  license: z.string().optional().catch(undefined),
});
const Nested = z.object({ version: z.string(), dependencies: Entries.optional() });

/** Reads package-lock.json and npm-shrinkwrap.json. Since version 2 `packages` says more than `dependencies`. */
export function readNpmLock(bytes: Buffer): Declared[] {
  const { packages, dependencies } = parseJson(bytes, Lock);
  return packages === undefined ? readNested(dependencies ?? {}) : readLocated(packages);
}

function readLocated(packages: Record<string, unknown>): Declared[] {
  return Object.entries(packages).flatMap(([location, value]) => {
    // The entry without a location is the repository itself.
    if (location === "") return [];
    const entry = Located.safeParse(value).data;
    const name = entry?.name ?? nameAt(location);
    if (entry === undefined) return [{ name, version: null }];
    const isOwn = entry.link === true || (entry.version === undefined && !location.includes("node_modules/"));
    if (isOwn) return [];
    const { license } = entry;
    return [{ name, version: entry.version ?? null, ...(license !== undefined && { licenses: [license] }) }];
  });
}

/** `node_modules/a/node_modules/@scope/b` is `@scope/b`; outside of any, the folder is named after the package. */
function nameAt(location: string): string {
  const marker = "node_modules/";
  const start = location.lastIndexOf(marker);
  return start === -1 ? location.slice(location.lastIndexOf("/") + 1) : location.slice(start + marker.length);
}

/** Version 1: packages inside packages, to any depth. */
function readNested(dependencies: Record<string, unknown>): Declared[] {
  const declared: Declared[] = [];
  const waiting = [dependencies];
  for (let entries = waiting.pop(); entries !== undefined; entries = waiting.pop()) {
    for (const [key, value] of Object.entries(entries)) {
      const entry = Nested.safeParse(value).data;
      if (entry?.dependencies !== undefined) waiting.push(entry.dependencies);
      if (entry === undefined) declared.push({ name: key, version: null });
      else if (!isOwnFolder(entry.version)) declared.push(nestedPackage(key, entry.version));
    }
  }
  return declared;
}

/** A package under another name is `npm:its-name@1.0.0`. */
function nestedPackage(key: string, version: string): Declared {
  const alias = version.startsWith("npm:") ? splitAtVersion(version.slice("npm:".length)) : null;
  return alias ?? { name: key, version: exactVersion(version) };
}
