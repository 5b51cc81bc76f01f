import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

/**
 * The folder of one container engine. Containers and their monitors outlive an engine that is killed, so the folder
 * says which test process owns it, and the next test run ends what a dead one left behind.
 */
export type RunFolder = Readonly<{ path: string; name: string }>;

const run = promisify(execFile);
const parent = "/var/tmp";
const prefix = "rampart-engine-";

export async function makeRunFolder(kind: string): Promise<RunFolder> {
  const folder = await mkdtemp(path.join(parent, `${prefix}${kind}-`));
  await writeFile(path.join(folder, "owner"), String(process.pid));
  return { path: folder, name: path.basename(folder) };
}

export async function sweepDeadRuns(): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(prefix));
  for (const name of names) {
    const folder = { path: path.join(parent, name), name };
    const owner = await readOrEmpty(path.join(folder.path, "owner"));
    if (owner !== "" && (await readOrEmpty(`/proc/${owner}/stat`)) === "") await removeRunFolder(folder);
  }
}

/** Kills what still runs from the folder, releases its mounts and removes it. */
export async function removeRunFolder(folder: RunFolder): Promise<void> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  for (const pid of pids) if (await runsFrom(folder, pid)) killQuietly(Number(pid));
  const mounts = (await readFile("/proc/self/mountinfo", "utf8"))
    .split("\n")
    .map((line) => line.split(" ")[4] ?? "")
    .filter((mount) => mount.startsWith(`${folder.path}/`));
  for (const mount of mounts.toReversed()) await run("umount", ["--lazy", mount]).catch(() => undefined);
  await rm(folder.path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** A process belongs to the folder when its command names it, or when its root is a container's layers inside it. */
async function runsFrom(folder: RunFolder, pid: string): Promise<boolean> {
  if ((await readOrEmpty(`/proc/${pid}/cmdline`)).includes(folder.path)) return true;
  const mounts = (await readOrEmpty(`/proc/${pid}/mountinfo`)).split("\n");
  return mounts.some((line) => line.split(" ")[4] === "/" && line.includes(folder.path));
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}

function readOrEmpty(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}
