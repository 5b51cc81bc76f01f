import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { plainEnv } from "./daemon.ts";

const run = promisify(execFile);
const installDeadlineMs = 300_000;
const folders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/**
 * The path of a program, installed from Debian when it is missing. A test on a machine where that is impossible fails
 * with the command that a person would run.
 */
export async function requireProgram(program: string, ...packages: readonly string[]): Promise<string> {
  const present = await findProgram(program);
  if (present !== null) return present;
  const install = `apt-get install --no-install-recommends ${packages.join(" ")}`;
  if (process.getuid?.() !== 0) throw new Error(`This test needs ${program}. As root: ${install}`);
  await aptGet(["update"]).catch(() => undefined); // an old package list may still do
  await aptGet(["install", "--yes", "--no-install-recommends", ...packages]);
  const installed = await findProgram(program);
  if (installed === null) throw new Error(`${program} is still missing after: ${install}`);
  return installed;
}

export async function findProgram(program: string): Promise<string | null> {
  for (const folder of folders) {
    const file = path.join(folder, program);
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  return null;
}

async function aptGet(args: readonly string[]): Promise<void> {
  // Several test processes may ask at once; apt's own lock makes them wait for each other.
  await run("apt-get", ["--option", "DPkg::Lock::Timeout=300", "--quiet", ...args], {
    env: { ...plainEnv(), DEBIAN_FRONTEND: "noninteractive" },
    timeout: installDeadlineMs,
    maxBuffer: 64 * 1024 * 1024,
  });
}
