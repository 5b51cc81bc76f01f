import { z } from "zod";
import type { ReaderResult } from "../readers/reader.ts";
import type { Declared } from "./declared.ts";
import { exactVersion, isOwnFolder, splitAtVersion } from "./npm-name.ts";
import { Entries, parseCommentedJson } from "./parse-document.ts";

const Lock = z.object({ packages: Entries.optional() });
const Entry = z.tuple([z.string()], z.unknown());

/** Reads bun.lock: each package is a list that begins with `name@version`. */
export function readBunLock(bytes: Buffer): Declared[] {
  return Object.entries(parseCommentedJson(bytes, Lock).packages ?? {}).flatMap(([key, value]) => {
    const entry = Entry.safeParse(value).data;
    const parts = entry === undefined ? null : splitAtVersion(entry[0]);
    if (parts === null) return [{ name: key, version: null }];
    return isOwnFolder(parts.version) ? [] : [{ name: parts.name, version: exactVersion(parts.version) }];
  });
}

export function refuseBinaryBunLock(): ReaderResult {
  const problem = "this binary format of bun is not read; `bun install --save-text-lockfile` writes bun.lock instead";
  return { content: null, problem };
}
