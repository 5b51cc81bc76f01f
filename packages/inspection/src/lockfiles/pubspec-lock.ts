import { z } from "zod";
import type { Declared } from "./declared.ts";
import { Entries, parseYaml } from "./parse-document.ts";

const Lock = z.object({ packages: z.union([Entries, z.literal("")]).optional() });
const Entry = z.object({ version: z.string() });

/** Reads pubspec.lock of Dart. */
export function readPubspecLock(bytes: Buffer): Declared[] {
  return parseYaml(bytes, Lock).flatMap(({ packages }) =>
    Object.entries(packages || {}).map(([name, value]) => ({
      name,
      version: Entry.safeParse(value).data?.version ?? null,
    })),
  );
}
