import { z } from "zod";
import type { Declared } from "./declared.ts";
import { Entries, parseJson } from "./parse-document.ts";
import { childrenOf, parseXml } from "./parse-xml.ts";

const Lock = z.object({ dependencies: z.record(z.string(), Entries).optional() });
const Entry = z.object({ type: z.string().optional(), resolved: z.string().optional() });

/** Reads packages.lock.json: packages by framework. */
export function readNugetLock(bytes: Buffer): Declared[] {
  return Object.values(parseJson(bytes, Lock).dependencies ?? {}).flatMap((framework) =>
    Object.entries(framework).flatMap(([name, value]) => {
      const entry = Entry.safeParse(value).data;
      const isOwn = entry?.type?.toLowerCase() === "project";
      return isOwn ? [] : [{ name, version: entry?.resolved ?? null }];
    }),
  );
}

/** Reads packages.config, the list of older projects. */
export function readNugetConfig(bytes: Buffer): Declared[] {
  return childrenOf(parseXml(bytes), "package").map(({ attributes }) => {
    const { id, version } = attributes;
    return { name: id ?? "a package without an id", version: id === undefined ? null : (version ?? null) };
  });
}
