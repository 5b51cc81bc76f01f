import { inflateSync } from "node:zlib";
import { z } from "zod";
import type { FoundPackage } from "../../layers/layer-result.ts";

/** Packed. A program of a thousand crates has 20 KiB. */
export const rustAuditBytesMax = 1024 * 1024;
const unpackedBytesMax = 16 * 1024 * 1024;

const Crate = z.object({
  name: z.string(),
  version: z.string(),
  source: z.string().optional(),
  kind: z.string().optional(),
  root: z.boolean().optional(),
});
const Audit = z.object({ packages: z.array(Crate).max(50_000) });

/**
 * Reads the section `.dep-v0` that cargo-auditable adds to a program: zlib over JSON. Crates that only helped to
 * build it are left out, and so are those of the program's own workspace, whose names the registry may give to others.
 */
export function readRustAudit(section: Buffer): FoundPackage[] {
  const text = inflateSync(section, { maxOutputLength: unpackedBytesMax }).toString("utf8");
  const { packages } = Audit.parse(JSON.parse(text));
  return packages
    .filter(({ kind, source, root }) => kind !== "build" && (source !== "local" || root === true))
    .map(({ name, version }) => ({ name, version, kind: "rust" }));
}
