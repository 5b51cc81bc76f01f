import { readFile, readdir, readlink } from "node:fs/promises";

const listening = "0A"; // the state column of /proc/net/tcp

/** Which process listens on a TCP port, as far as Linux lets this user see; null when it does not. */
export async function findListener(port: number): Promise<{ pid: number; name: string } | null> {
  const sockets = new Set([...(await socketsOn("/proc/net/tcp", port)), ...(await socketsOn("/proc/net/tcp6", port))]);
  if (sockets.size === 0) return null;
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    if (await holdsAny(pid, sockets)) return { pid: Number(pid), name: await nameOf(pid) };
  }
  return null;
}

async function socketsOn(table: string, port: number): Promise<readonly string[]> {
  const lines = (await readFile(table, "utf8").catch(() => "")).trim().split("\n").slice(1);
  const wanted = port.toString(16).toUpperCase().padStart(4, "0");
  return lines.flatMap((line) => {
    const [, local = "", , state, , , , , , inode] = line.trim().split(/\s+/);
    return state === listening && local.endsWith(`:${wanted}`) ? [`socket:[${inode}]`] : [];
  });
}

async function holdsAny(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  for (const descriptor of descriptors) {
    if (sockets.has(await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => ""))) return true;
  }
  return false;
}

async function nameOf(pid: string): Promise<string> {
  return (await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "a process")).trim();
}
