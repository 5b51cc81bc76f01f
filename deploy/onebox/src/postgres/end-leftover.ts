import { readFile, readdir, readlink, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const gracefulMs = 10_000;
const pauseMs = 50;

/**
 * Ends what is left of a PostgreSQL on this folder: a server whose Onebox was killed, or sessions whose server was
 * killed. The caller holds the data directory's lock, so nobody else can own them. Gives back whether there was any.
 */
export async function endLeftover(folder: string): Promise<boolean> {
  const left = await processesOn(folder);
  const server = await serverOf(folder);
  // The server tells its sessions to end; without a server they notice that by themselves.
  if (server !== null && left.includes(server)) signal(server, "SIGINT");
  const deadline = performance.now() + gracefulMs;
  for (let still = left; still.length > 0; still = await processesOn(folder)) {
    if (performance.now() > deadline) for (const pid of still) signal(pid, "SIGKILL");
    await pause(pauseMs);
  }
  // By now its number may belong to any other process, and PostgreSQL would refuse to start because of that.
  await rm(path.join(folder, "postmaster.pid"), { force: true });
  return left.length > 0;
}

async function serverOf(folder: string): Promise<number | null> {
  const text = await readFile(path.join(folder, "postmaster.pid"), "utf8").catch(() => "");
  const pid = Number(text.split("\n")[0]);
  return Number.isInteger(pid) && pid > 1 ? pid : null;
}

/** PostgreSQL works in its data folder. Elsewhere than on Linux that cannot be seen, and its pid file is believed. */
async function processesOn(folder: string): Promise<readonly number[]> {
  if (process.platform !== "linux") {
    const server = await serverOf(folder);
    return server !== null && signal(server, 0) ? [server] : [];
  }
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const at = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => "")));
  return pids.filter((_pid, index) => at[index] === folder).map(Number);
}

/** False when there is no such process any more. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
