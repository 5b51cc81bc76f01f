import { execFileSync, spawnSync } from "node:child_process";
import { mkdir, rm, statfs } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeScratch } from "../servers/scratch.ts";
import { patiently } from "./patiently.ts";
import { startProtectedHost, type ProtectedHost } from "./protected-host.ts";

/** The data directory on a small disk of its own, which fills up while everything runs. */
const diskSize = "1g";
const isRoot = process.getuid?.() === 0;
let scratch: Awaited<ReturnType<typeof makeScratch>>;
let disk = "";
let host: ProtectedHost;
let undisturbed = 0;

beforeAll(async () => {
  if (!isRoot) return;
  scratch = await makeScratch("disk");
  disk = path.join(scratch.path, "data");
  await mkdir(disk);
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${diskSize}`, "tmpfs", disk]);
  host = await startProtectedHost({ dataDir: disk });
  await host.bringImage("calm:1");
  undisturbed = await host.settledFindings("calm:1");
});
afterAll(async () => {
  if (!isRoot) return;
  await host?.stop();
  execFileSync("umount", [disk]);
  await scratch.remove();
});

test.runIf(isRoot)("a disk that fills up: the log says so, and with room again everything is made up for", async () => {
  const ballast = path.join(disk, "ballast");
  await mkdir(ballast);
  await fillUp(ballast);
  await host.bringImage("disk-full:1");
  const saysSo = async () => {
    // The database gives room back now and then, when it drops old segments of its log.
    await fillUp(ballast);
    return /No space left on device|ENOSPC/.test(host.onebox().output());
  };
  await patiently("a word about the disk", saysSo, 60_000);
  await rm(ballast, { recursive: true });
  expect(await host.outcomeOf("disk-full:1", 90_000)).toEqual({ findings: undisturbed, parked: 0 });
});

/** Takes all room that is left on the disk. */
async function fillUp(ballast: string): Promise<void> {
  const { bavail, bsize } = await statfs(disk);
  if (bavail === 0) return;
  const file = path.join(ballast, String(performance.now()));
  // Somebody else may take the room meanwhile; what is missing then is taken the next time.
  spawnSync("fallocate", ["--length", String(bavail * bsize), file]);
}
