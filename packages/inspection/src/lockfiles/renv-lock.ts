import { z } from "zod";
import type { Declared } from "./declared.ts";
import { Entries, parseJson } from "./parse-document.ts";

const Lock = z.object({ Packages: Entries.optional() });
const Entry = z.object({ Package: z.string(), Version: z.string(), Repository: z.string().optional() });

/** Reads renv.lock of R. What comes from Bioconductor or a repository of source is no package of CRAN. */
export function readRenvLock(bytes: Buffer): Declared[] {
  return Object.entries(parseJson(bytes, Lock).Packages ?? {}).map(([key, value]) => {
    const entry = Entry.safeParse(value).data;
    return { name: entry?.Package ?? key, version: entry?.Repository === "CRAN" ? entry.Version : null };
  });
}
