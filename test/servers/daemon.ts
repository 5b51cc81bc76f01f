import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

export type DaemonSettings = Readonly<{
  command: string;
  args: readonly string[];
  /** Added to `plainEnv()`. */
  env?: Readonly<Record<string, string>>;
  cwd?: string;
  /** Prefix commands such as `["nsenter", "--net=…", "--"]`. */
  inside?: readonly string[];
}>;

/** A server process that a test owns. It dies with the test run, however that ends. */
export type Daemon = Readonly<{
  pid: number;
  /** The last lines it wrote, for messages of failure. */
  lastWords(): string;
  isRunning(): boolean;
  /** SIGTERM, then SIGKILL after the deadline; returns when it is gone. */
  stop(deadlineMs?: number): Promise<void>;
  /** SIGKILL, for tests of sudden death. */
  kill(): Promise<void>;
}>;

const linesKept = 40;
const stopDeadlineMs = 5_000;

export function startDaemon(settings: DaemonSettings): Daemon {
  const command = ["--pdeathsig", "KILL", "--", ...(settings.inside ?? []), settings.command, ...settings.args];
  const child = spawn("setpriv", command, {
    cwd: settings.cwd ?? "/",
    env: { ...plainEnv(), ...settings.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  keepLines(child, lines);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", (error) => {
      lines.push(error.message);
      resolve();
    });
  });
  const isRunning = () => child.exitCode === null && child.signalCode === null && child.pid !== undefined;

  async function end(signal: "SIGTERM" | "SIGKILL", deadlineMs: number): Promise<void> {
    if (!isRunning()) return;
    child.kill(signal);
    const timer = setTimeout(() => child.kill("SIGKILL"), deadlineMs);
    await ended;
    clearTimeout(timer);
  }

  return {
    pid: child.pid ?? -1,
    lastWords: () => lines.join("\n"),
    isRunning,
    stop: (deadlineMs = stopDeadlineMs) => end("SIGTERM", deadlineMs),
    kill: () => end("SIGKILL", stopDeadlineMs),
  };
}

/** Variables that would make a server trust or distrust other certificates than its test says. */
const trustOverrides = ["SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE"];

export function plainEnv(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of trustOverrides) delete env[name];
  return env;
}

function keepLines(child: ChildProcess, lines: string[]): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      if (lines.length > linesKept) lines.shift();
    });
  }
}
