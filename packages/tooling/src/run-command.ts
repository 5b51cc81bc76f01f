import { spawn } from "node:child_process";
import { join } from "node:path";
import { repositoryRoot } from "./repository.ts";

export type Outcome = Readonly<{ ok: boolean; stdout: string; stderr: string; ms: number }>;
export type CommandSettings = Readonly<{ cwd?: string; env?: Readonly<Record<string, string>> }>;

/** Runs a tool of this repository (`node_modules/.bin` comes first) to its end and keeps what it said. */
export function runCommand(command: string, args: readonly string[], settings: CommandSettings = {}): Promise<Outcome> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd: settings.cwd ?? repositoryRoot,
      env: { ...toolEnvironment(), ...settings.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      const ms = performance.now() - started;
      resolve({
        ok: code === 0,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
        ms,
      });
    });
  });
}

function toolEnvironment(): NodeJS.ProcessEnv {
  // oxlint-disable-next-line node/no-process-env -- the tools inherit the environment of whoever runs the check
  const inherited = process.env;
  return {
    ...inherited,
    PATH: `${join(repositoryRoot, "node_modules/.bin")}:${inherited["PATH"] ?? ""}`,
    NO_COLOR: "1",
  };
}
