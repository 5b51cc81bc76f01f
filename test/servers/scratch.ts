import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** A folder of a test's own, under a path that every user may search. */
export async function makeScratch(name: string): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), `rampart-${name}-`));
  return { path: folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
