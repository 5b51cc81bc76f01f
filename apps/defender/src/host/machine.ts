import { createHash } from "node:crypto";
import { readFile, stat, statfs } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseEnv } from "node:util";
import type { Hello, HostFacts } from "@rampart/protocol";

type Machine = Omit<HostFacts, "engine" | "labels">;

const addressesMax = 256;

/** What uname calls the architectures that Node names in its own way. */
const architectures: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/** The machine as its own root sees it. */
export async function readMachine(root: string): Promise<Machine> {
  const disk = await statfs(root).catch(() => null);
  return {
    hostname: await readHostname(root),
    kernel: os.release(),
    architecture: architectureName(),
    cpuCount: os.cpus().length,
    memoryBytes: os.totalmem(),
    ...(disk !== null && { diskTotalBytes: disk.blocks * disk.bsize, diskFreeBytes: disk.bavail * disk.bsize }),
    addresses: addresses(),
    bootedAt: new Date(Date.now() - os.uptime() * 1_000).toISOString(),
  };
}

export function architectureName(): string {
  return architectures[process.arch] ?? process.arch;
}

/** Where the host's processes are: a Defender in a container may have them under the host's root only. */
export async function procFolder(root: string): Promise<string> {
  const inRoot = path.join(root, "proc");
  const isMounted = (await stat(path.join(inRoot, "self")).catch(() => null)) !== null;
  return isMounted ? inRoot : "/proc";
}

/** In a container the process has another name than its host, whose own is in its root. */
export async function readHostname(root: string): Promise<string> {
  if (root === "/") return os.hostname();
  const named = await readFile(path.join(root, "etc/hostname"), "utf8").catch(() => "");
  return named.trim() || os.hostname();
}

/** Recognises the machine when it enrols again, without telling anybody its real id. */
export async function readMachineId(root: string): Promise<string | null> {
  const id = (await readFile(path.join(root, "etc/machine-id"), "utf8").catch(() => "")).trim();
  return id === "" ? null : createHash("sha256").update(`rampart ${id}`).digest("hex");
}

/** Name of the distribution for the first greeting; the inspection reads it thoroughly. */
export async function readOsName(root: string): Promise<Hello["os"]> {
  for (const file of ["etc/os-release", "usr/lib/os-release"]) {
    const text = await readFile(path.join(root, file), "utf8").catch(() => null);
    if (text === null) continue;
    const values = parseEnv(text);
    return {
      id: (values["ID"] ?? "").slice(0, 64),
      versionId: (values["VERSION_ID"] ?? "").slice(0, 64),
      name: (values["PRETTY_NAME"] ?? values["NAME"] ?? "").slice(0, 256),
    };
  }
  return null;
}

function addresses(): string[] {
  return Object.values(os.networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((address) => !address.internal)
    .map((address) => address.address)
    .slice(0, addressesMax);
}
