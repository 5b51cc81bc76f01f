import { z } from "zod";
import type { Declared } from "./declared.ts";
import { isOwnFolder } from "./npm-name.ts";
import { Entries, parseYaml } from "./parse-document.ts";

const Lock = z.object({ packages: z.union([Entries, z.literal("")]).optional() });
const Entry = z.object({ name: z.string().optional(), version: z.string().optional() });

/**
 * `/name/1.0.0_peers` (version 5), `/name@1.0.0(peers)` (6) and `name@1.0.0` (9). Before 9 a registry that is not the
 * usual one stands in the place of the first slash. No version holds an underscore or a bracket.
 */
const keyPattern = /^(?:\/|(?=[^/@]*\.)[^/@]+\/)?((?:@[^/@]+\/)?[^/@]+)[/@](\d[^/_()]*)/;

/**
 * Reads pnpm-lock.yaml of versions 5 to 9. Since pnpm 11 a document of its own may come first, with what pnpm itself
 * needs for the project.
 */
export function readPnpmLock(bytes: Buffer): Declared[] {
  return parseYaml(bytes, Lock).flatMap(({ packages }) => Object.entries(packages || {}).flatMap(readEntry));
}

function readEntry([key, value]: [string, unknown]): Declared[] {
  // A key without a value says nothing beyond its name.
  const entry = (value === "" ? null : Entry.safeParse(value).data) ?? {};
  if (entry.name === undefined && isOwnFolder(key)) return [];
  const [, name, version] = keyPattern.exec(key) ?? [];
  return [{ name: entry.name ?? name ?? nameBefore(key), version: entry.version ?? version ?? null }];
}

/** Since version 9 the key of a tarball or commit still begins with the name. */
function nameBefore(key: string): string {
  const at = key.indexOf("@", 1);
  return at === -1 ? key : key.slice(0, at);
}
