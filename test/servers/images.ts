import { execFile } from "node:child_process";
import { copyFile, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { plainEnv } from "./daemon.ts";
import { requireProgram } from "./debian-package.ts";
import type { Engine } from "./engine.ts";

const run = promisify(execFile);
/** Root file systems take a minute to make, so they are kept between runs. */
const cacheFolder = "/var/tmp/rampart-test-images";

export type ImageSettings = Readonly<{
  name: string;
  labels?: Readonly<Record<string, string>>;
}>;

/**
 * Puts a tiny real image into an engine: one static busybox, no package database. Its command sleeps until it is told
 * to end.
 */
export async function loadBusybox(engine: Engine, { name, labels = {} }: ImageSettings): Promise<void> {
  await requireProgram("busybox", "busybox-static");
  await importTar(engine, await cached("busybox.tar", makeBusybox), name, labels);
}

/**
 * Puts a real Debian into an engine. `bullseye` is the point release of the suite without its security updates: some
 * ninety packages with dozens of fixable flaws that are known for certain. `bookworm` is nearly current.
 */
export async function loadDebian(
  engine: Engine,
  suite: "bullseye" | "bookworm",
  { name, labels = {} }: ImageSettings,
): Promise<void> {
  await importTar(engine, await debianTar(suite), name, labels);
}

/** A tar of a Debian root file system, made once by debootstrap and kept. */
export async function debianTar(suite: "bullseye" | "bookworm"): Promise<string> {
  await requireProgram("debootstrap", "debootstrap");
  return cached(`${suite}.tar`, (folder) => makeDebian(suite, folder));
}

async function importTar(
  engine: Engine,
  tar: string,
  name: string,
  labels: Readonly<Record<string, string>>,
): Promise<void> {
  const changes = [
    'CMD ["/bin/sh", "-c", "trap \\"exit 0\\" TERM; while true; do sleep 1 & wait $!; done"]',
    ...Object.entries(labels).map(([key, value]) => `LABEL ${JSON.stringify(key)}=${JSON.stringify(value)}`),
  ];
  await engine.run(["import", ...changes.flatMap((change) => ["--change", change]), tar, name]);
}

export type LayerSettings = Readonly<{
  from: string;
  name: string;
  /** Where the files are written on the way, and what they hold. */
  folder?: string;
  files?: Readonly<Record<string, string>>;
  /** Absolute paths that the layer deletes. */
  removed?: readonly string[];
}>;

/** Makes an image of another one and a layer on top of it, as a build step does. */
export async function addLayer(engine: Engine, { from, name, folder, files, removed }: LayerSettings): Promise<void> {
  const container = await engine.run(["create", from, "rm", "-f", ...(removed ?? [])]);
  if (folder !== undefined && files !== undefined) {
    for (const [file, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), content);
    }
    await engine.run(["cp", `${folder}/.`, `${container}:/`]);
  }
  if (removed !== undefined) await engine.run(["start", "--attach", container]);
  await engine.run(["commit", container, name]);
  await engine.run(["rm", container]);
}

/** Makes a file once; a half made one never gets the name. */
async function cached(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const file = path.join(cacheFolder, name);
  if (await stat(file).catch(() => null)) return file;
  const folder = path.join(cacheFolder, `${name}.${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    await make(folder);
    const archive = `${folder}.new`;
    await run("tar", [
      "--create",
      "--numeric-owner",
      "--sort=name",
      "--directory",
      folder,
      "--file",
      archive,
      ...leftOut,
      ".",
    ]);
    await rename(archive, file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return file;
}

const leftOut = ["--exclude=./var/cache/apt/archives/*.deb", "--exclude=./var/lib/apt/lists/*", "--exclude=./dev/*"];

async function makeBusybox(folder: string): Promise<void> {
  const bin = path.join(folder, "bin");
  for (const name of ["bin", "etc", "tmp", "proc", "sys", "dev"]) await mkdir(path.join(folder, name));
  await copyFile("/bin/busybox", path.join(bin, "busybox"));
  await run("chroot", [folder, "/bin/busybox", "--install", "-s", "/bin"]);
  await writeFile(path.join(folder, "etc", "passwd"), "root:x:0:0:root:/:/bin/sh\n");
}

async function makeDebian(suite: string, folder: string): Promise<void> {
  await run("debootstrap", ["--variant=minbase", suite, folder], {
    env: plainEnv(),
    maxBuffer: 64 * 1024 * 1024,
    timeout: 600_000,
  });
}
