import { execFile } from "node:child_process";
import path from "node:path";
import { root } from "../servers/onebox.ts";

/** Runs the command line as a pipeline would: with its own environment and nothing else. */
export function runRampart(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Readonly<{ code: number; stdout: string }>> {
  const command = path.join(root, "apps/cli/bin/rampart.mjs");
  const own: NodeJS.ProcessEnv = { PATH: process.env["PATH"], NODE_ENV: "test", ...env };
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], { env: own, maxBuffer: 64 * 1024 * 1024 }, (error, stdout) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout });
    });
  });
}
