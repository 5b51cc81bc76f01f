import { z } from "zod";
import type { Declared } from "./declared.ts";
import { parseJson } from "./parse-document.ts";

const Lock = z.object({ packages: z.array(z.unknown()).optional(), "packages-dev": z.array(z.unknown()).optional() });
const Package = z.object({
  name: z.string(),
  version: z.string(),
  license: z.array(z.string()).optional().catch(undefined),
});

/** Reads composer.lock. */
export function readComposerLock(bytes: Buffer): Declared[] {
  const lock = parseJson(bytes, Lock);
  return [...(lock.packages ?? []), ...(lock["packages-dev"] ?? [])].map((value) => {
    const found = Package.safeParse(value).data;
    if (found === undefined) return { name: "a package without name or version", version: null };
    const { name, license } = found;
    // `dev-main` is a branch.
    const version = found.version.startsWith("dev-") ? null : found.version;
    return { name, version, ...(license !== undefined && { licenses: license }) };
  });
}
