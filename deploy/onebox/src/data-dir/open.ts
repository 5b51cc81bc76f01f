import { chmod, mkdir, statfs } from "node:fs/promises";
import path from "node:path";
import { messageOf, Refusal } from "@rampart/kernel";
import { takeLock, type Lock } from "./lock.ts";
import { loadSecrets, type Secrets } from "./secrets.ts";
import { claimForVersion } from "./version.ts";

/** Everything that outlives a start, in one folder. Copying it while Rampart is stopped is a backup. */
export type DataDir = Readonly<{
  path: string;
  secrets: Secrets;
  /** Path of something inside. */
  at(name: string): string;
  close(): Promise<void>;
}>;

/** PostgreSQL stops in the middle of a write when the disk is full; better not to begin. */
const freeMegabytesMin = 256;
/** Others may pass through, as PostgreSQL does under its own user, but not look around. */
const folderMode = 0o711;

export async function openDataDir(folder: string, version: string): Promise<DataDir> {
  await makeFolder(folder);
  await refuseFullDisk(folder);
  const lock = await takeLock(path.join(folder, "onebox.lock"));
  return withLock(lock, async () => {
    await claimForVersion(folder, version);
    const secrets = await loadSecrets(folder);
    return { path: folder, secrets, at: (name) => path.join(folder, name), close: lock.release };
  });
}

async function withLock<T>(lock: Lock, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await chmod(folder, folderMode);
  } catch (error) {
    throw new Refusal(
      "precondition",
      "onebox.data-dir.not-writable",
      `RAMPART_DATA_DIR: ${folder} cannot be used (${messageOf(error)}). Choose a folder that this user may write to.`,
    );
  }
}

async function refuseFullDisk(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const freeMegabytes = Math.floor((bavail * bsize) / 1024 ** 2);
  if (freeMegabytes >= freeMegabytesMin) return;
  throw new Refusal(
    "precondition",
    "onebox.data-dir.disk-full",
    `Only ${freeMegabytes} MB are free on the disk of ${folder}; Rampart needs ${freeMegabytesMin} MB to start. ` +
      "Free some space, or set RAMPART_DATA_DIR to a folder on another disk.",
  );
}
