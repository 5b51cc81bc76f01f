import { execFile } from "node:child_process";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { plainEnv } from "./daemon.ts";

const run = promisify(execFile);
/** Packages take a while to load, so what was in them is kept between runs. */
const cacheFolder = "/var/tmp/rampart-test-packages";
const deadlineMs = 240_000;

export type UnpackedPackage = Readonly<{ folder: string; version: string }>;

/** The files of a Debian package and its version, without installing it. */
export async function unpackDebian(name: string): Promise<UnpackedPackage> {
  const folder = await kept(`debian-${name}`, async (target) => {
    await run("apt-get", ["download", name], { cwd: target, env: plainEnv(), timeout: deadlineMs });
    const file = await onlyFile(target, ".deb");
    await run("dpkg-deb", ["--extract", file, path.join(target, "root")]);
    const { stdout } = await run("dpkg-deb", ["--field", file, "Version"]);
    await mkdir(path.join(target, "version", encodeURIComponent(stdout.trim())), { recursive: true });
    await rm(file);
  });
  const [version = ""] = await readdir(path.join(folder, "version"));
  return { folder: path.join(folder, "root"), version: decodeURIComponent(version) };
}

/** The files of a package of the npm registry. */
export async function unpackNpm(name: string, version: string): Promise<UnpackedPackage> {
  const folder = await kept(`npm-${name}-${version}`, async (target) => {
    await run("npm", ["pack", "--silent", `${name}@${version}`], { cwd: target, timeout: deadlineMs });
    const file = await onlyFile(target, ".tgz");
    await run("tar", ["--extract", "--gzip", "--file", file, "--directory", target]);
    await rm(file);
  });
  return { folder, version };
}

/** Makes a folder once; a half made one never gets the name. */
async function kept(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = path.join(cacheFolder, name);
  if (await stat(folder).catch(() => null)) return folder;
  const partial = `${folder}.${process.pid}`;
  try {
    await mkdir(partial, { recursive: true });
    await make(partial);
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}

async function onlyFile(folder: string, ending: string): Promise<string> {
  const found = (await readdir(folder)).find((name) => name.endsWith(ending));
  if (found === undefined) throw new Error(`No file *${ending} was loaded into ${folder}.`);
  return path.join(folder, found);
}
