import { z } from "zod";
import { normalName } from "../readers/python.ts";
import type { Declared } from "./declared.ts";
import { Entries, parseJson } from "./parse-document.ts";

const Entry = z.object({ version: z.string().optional(), path: z.string().optional() });

/** Reads Pipfile.lock, whose sections beside `_meta` are groups of packages: `default`, `develop` and own ones. */
export function readPipfileLock(bytes: Buffer): Declared[] {
  return Object.entries(parseJson(bytes, Entries)).flatMap(([group, section]) =>
    group === "_meta" ? [] : Object.entries(Entries.safeParse(section).data ?? {}).flatMap(readEntry),
  );
}

function readEntry([name, value]: [string, unknown]): Declared[] {
  const entry = Entry.safeParse(value).data;
  if (entry?.path !== undefined && entry.version === undefined) return [];
  const version = /^={2,3}([^=*]+)$/.exec(entry?.version ?? "")?.[1] ?? null;
  return [{ name: normalName(name), version }];
}
