import { defaultLimits } from "../../limits.ts";
import { chooseLockfileReader } from "../choose-lockfile-reader.ts";

/** What a file of that name and text declares, as `name@version`, and what its reader says is missing. */
export function readLockfile(path: string, text: string | Buffer): { packages: string[]; problem: string | undefined } {
  const reader = chooseLockfileReader(path);
  if (reader === null) throw new Error(`no reader for ${path}`);
  const { content, problem } = reader.read(Buffer.from(text), path, defaultLimits);
  const found = content?.is === "packages" ? content.packages : [];
  return { packages: found.map(({ name, version }) => `${name}@${version}`), problem };
}
