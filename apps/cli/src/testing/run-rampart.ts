import { spawn } from "node:child_process";
import path from "node:path";
import { text } from "node:stream/consumers";

const command = path.join(import.meta.dirname, "../../bin/rampart.mjs");

export type Run = Readonly<{ code: number; stdout: string; stderr: string }>;

/** Runs the command as a shell would, with nothing of this process's environment but the path. */
export async function rampart(args: readonly string[], input = ""): Promise<Run> {
  const env: NodeJS.ProcessEnv = { PATH: process.env["PATH"], NODE_ENV: "test" };
  const child = spawn(process.execPath, [command, ...args], { env, stdio: "pipe" });
  const ended = new Promise<number>((resolve) => child.once("close", (code) => resolve(code ?? -1)));
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}
