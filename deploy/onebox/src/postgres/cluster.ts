import { spawn, type ChildProcess } from "node:child_process";
import { chown, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { findPostgresBinaries } from "./binaries.ts";
import { chooseServerUser, type ServerUser } from "./server-user.ts";

/** A running PostgreSQL that belongs to this process. */
export type Cluster = Readonly<{
  port: number;
  pid: number;
  /** URL of the superuser on one database. */
  url(database: string): string;
  /** Ends sessions, writes a checkpoint, and is gone when this returns. */
  stop(): Promise<void>;
  /** Settles when the server ends, asked or not. */
  ended: Promise<{ code: number | null }>;
}>;

export type ClusterSettings = Readonly<{
  /** Created when missing. Its parent must exist. */
  folder: string;
  port: number;
  password: string;
  /** Server settings such as `{ fsync: "off" }`. */
  options?: Readonly<Record<string, string>>;
  onLog?: (line: string) => void;
}>;

export const superuser = "postgres";
const startDeadlineMs = 60_000;
const stopDeadlineMs = 9_000;
const logLinesKept = 20;

/** Starts PostgreSQL on a data folder, made when it is empty. Fails with the server's own last words. */
export async function startCluster(settings: ClusterSettings): Promise<Cluster> {
  const binaries = await findPostgresBinaries();
  const user = await chooseServerUser([settings.folder, binaries.native]);
  if (!(await isInitialised(settings.folder))) await initialise(settings, binaries.initdb, user);
  return launch(settings, binaries.postgres, user);
}

export async function isInitialised(folder: string): Promise<boolean> {
  return readFile(path.join(folder, "PG_VERSION")).then(
    () => true,
    () => false,
  );
}

async function initialise(settings: ClusterSettings, initdb: string, user: ServerUser): Promise<void> {
  // A start that was killed half way leaves a folder without PG_VERSION; nothing in it is worth keeping.
  await rm(settings.folder, { recursive: true, force: true });
  await mkdir(settings.folder, { mode: 0o700 });
  const passwordFile = `${settings.folder}.password`;
  await writeFile(passwordFile, `${settings.password}\n`, { mode: 0o600 });
  if (user.ids !== null) {
    await chown(settings.folder, user.ids.uid, user.ids.gid);
    await chown(passwordFile, user.ids.uid, user.ids.gid);
  }
  try {
    await runToEnd([
      ...user.wrap(initdb, "KILL"),
      `--pgdata=${settings.folder}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // PostgreSQL's own collation does not change with the C library of the host, so indexes survive its upgrades.
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      ...(settings.options?.["fsync"] === "off" ? ["--no-sync"] : []),
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function launch(settings: ClusterSettings, postgres: string, user: ServerUser): Promise<Cluster> {
  const options = { listen_addresses: "127.0.0.1", unix_socket_directories: "", ...settings.options };
  const [command = postgres, ...leading] = user.wrap(postgres, "INT");
  const server = spawn(command, [...leading, "-D", settings.folder, "-p", String(settings.port), ...toFlags(options)], {
    cwd: "/",
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
    env: serverEnv,
  });
  const ended = new Promise<{ code: number | null }>((resolve) => {
    server.once("exit", (code) => resolve({ code }));
  });
  await untilReady(server, settings.onLog ?? (() => undefined));
  const { pid } = server;
  if (pid === undefined) throw new Error("PostgreSQL ended while starting.");
  const stop = () => stopServer(server, ended);
  return { port: settings.port, pid, ended, stop, url: (database) => superuserUrl(settings, database) };
}

// Next's types ask every environment for NODE_ENV; PostgreSQL has no use for it.
const serverEnv = { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" } as unknown as NodeJS.ProcessEnv;

function toFlags(options: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(options).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

function superuserUrl(settings: ClusterSettings, database: string): string {
  const url = new URL(`postgresql://127.0.0.1:${settings.port}/${database}`);
  url.username = superuser;
  url.password = settings.password;
  return url.toString();
}

function untilReady(server: ChildProcess, onLog: (line: string) => void): Promise<void> {
  const last: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`PostgreSQL did not start (${why}).\n${last.join("\n")}`));
    const timer = setTimeout(() => {
      server.kill("SIGKILL");
      fail(`not ready after ${startDeadlineMs / 1000} s`);
    }, startDeadlineMs);
    server.once("error", (error) => fail(error.message));
    server.once("exit", (code) => {
      clearTimeout(timer);
      fail(`exit code ${code}`);
    });
    if (server.stderr === null) return;
    createInterface({ input: server.stderr }).on("line", (line) => {
      last.push(line);
      if (last.length > logLinesKept) last.shift();
      onLog(line);
      if (!line.includes("database system is ready to accept connections")) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

async function stopServer(server: ChildProcess, ended: Promise<unknown>): Promise<void> {
  server.kill("SIGINT");
  // Immediate shutdown loses nothing that was committed; the next start replays the log.
  const timer = setTimeout(() => server.kill("SIGQUIT"), stopDeadlineMs);
  await ended;
  clearTimeout(timer);
}

function runToEnd([command = "", ...args]: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: "/", stdio: ["ignore", "pipe", "pipe"], env: serverEnv });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`initdb ended with code ${code}:\n${output.slice(-2_000)}`));
    });
  });
}
