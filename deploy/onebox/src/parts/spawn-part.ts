import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Part } from "./part.ts";

export type RunningPart = Readonly<{
  pid: number;
  /** Settles when the part says that it is ready; at once for parts that nobody waits for. */
  ready: Promise<void>;
  ended: Promise<string>;
  /** SIGTERM, then SIGKILL after the deadline. */
  stop(deadlineMs: number): Promise<void>;
}>;

const setpriv = "/usr/bin/setpriv";

/**
 * Starts a part in a session of its own, so that Ctrl-C in the terminal reaches the supervisor alone, which then stops
 * the parts in order. The kernel ends the part when the supervisor is killed; where there is no setpriv, the part notices
 * the closed channel.
 */
export function spawnPart(part: Part, onLine: (line: string) => void): RunningPart {
  const leading = existsSync(setpriv) ? [setpriv, "--pdeathsig", "KILL", "--"] : [];
  const [command = part.command, ...args] = [...leading, part.command, ...part.args];
  const child = spawn(command, args, {
    cwd: part.cwd,
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // Next's types ask every environment for NODE_ENV; the parts run as in production.
    env: { NODE_ENV: "production", ...part.env },
  });
  forwardLines(child, onLine);
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    // "close" and not "exit": its last words have been read by then.
    child.once("close", (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
  return {
    pid: child.pid ?? -1,
    ready: untilReady(child, part),
    ended,
    stop: (deadlineMs) => stop(child, ended, deadlineMs),
  };
}

function forwardLines(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on("line", onLine);
  }
}

function untilReady(child: ChildProcess, part: Part): Promise<void> {
  if (part.ready === "none") return Promise.resolve();
  return new Promise((resolve) => {
    child.on("message", (message) => {
      if (typeof message === "object" && message !== null && "type" in message && message.type === "ready") resolve();
    });
  });
}

async function stop(child: ChildProcess, ended: Promise<string>, deadlineMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), deadlineMs);
  await ended;
  clearTimeout(timer);
}
