import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";

export type GatewayProcess = Readonly<{
  /** Lines of its log so far. */
  log: readonly string[];
  /** SIGKILL: no last batch, no close frames. */
  kill(): Promise<void>;
  /** SIGTERM; answers with its exit code. */
  stop(): Promise<number | null>;
}>;

const main = path.resolve(import.meta.dirname, "../../apps/gateway/src/main.ts");

/** Starts the gateway as it is started in production, and waits until it listens. */
export async function startGatewayProcess(env: Readonly<Record<string, string>>): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [main], {
    // Next's types ask every environment for NODE_ENV.
    env: { NODE_ENV: "production", PATH: process.env["PATH"] ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const log = collectLines(child);
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve());
    void ended.then((code) => reject(new Error(`the gateway ended with ${code}:\n${log.join("\n")}`)));
  });
  return {
    log,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    stop() {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

function collectLines(child: ChildProcess): string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on("line", (line) => void lines.push(line));
  }
  return lines;
}
