import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { plainEnv } from "./daemon.ts";

/** A real container engine with a Docker-compatible socket. */
export type Engine = Readonly<{
  kind: "docker" | "podman";
  /** Path of the socket. */
  socket: string;
  /** Runs the engine's command line, such as `run(["load", "--input", file])`, and gives what it printed. */
  run(args: readonly string[]): Promise<string>;
  /** Removes all containers, stops the engine and forgets its images. */
  stop(): Promise<void>;
  /** SIGKILL of the engine; its containers run on, as with a crashed engine. Call `stop` afterwards all the same. */
  kill(): Promise<void>;
}>;

const outputMax = 64 * 1024 * 1024;
const run = promisify(execFile);

export function engineCommand(
  command: string,
  leading: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Engine["run"] {
  return async (args) => {
    const { stdout } = await run(command, [...leading, ...args], {
      env: { ...plainEnv(), ...env },
      maxBuffer: outputMax,
    });
    return stdout.trim();
  };
}
