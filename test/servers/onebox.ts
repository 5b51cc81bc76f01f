import { spawn, spawnSync } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { plainEnv } from "./daemon.ts";
import { freePort } from "./free-port.ts";
import { makeScratch } from "./scratch.ts";

export const root = path.resolve(import.meta.dirname, "../..");
const ownNode = path.join(root, "node_modules/.bin/node");
const readyMs = 120_000;

export type OneboxSettings = Readonly<{
  /** Added to what the harness sets: data directory, ports, first administrator. */
  env?: Readonly<Record<string, string>>;
  /** Default: a fresh one that `stop` removes. */
  dataDir?: string;
  /** Whom to run it as. Default: whoever runs the test. */
  ids?: Readonly<{ uid: number; gid: number }>;
}>;

export type PartName = "console" | "gateway" | "workers" | "defender" | "postgres";

export type RunningOnebox = Readonly<{
  consoleUrl: string;
  gatewayPort: number;
  /** Null when somebody administers the installation already. */
  setupUrl: string | null;
  dataDir: string;
  pid: number;
  /** Seconds from the start of the process to its ready line, as it says itself. */
  readySeconds: number;
  /** All that it printed so far. */
  output(): string;
  /** URL of the embedded database for its owner. */
  ownerUrl(): Promise<string>;
  /** Process number of a part at this moment; null while it is being started again. */
  pidOf(part: PartName): Promise<number | null>;
  /** Of a part: what it started, such as the Defender's reader of images or PostgreSQL's sessions. */
  childrenOf(pid: number): Promise<readonly number[]>;
  /** SIGTERM, and waits for the end. Removes the data directory if the harness made it. */
  stop(): Promise<number | null>;
  /** SIGKILL of the supervisor; returns when it and all its parts are gone. The data directory stays. */
  kill(): Promise<void>;
}>;

/** Brings everything that `npm start` would prepare up to date. Takes no time when nothing changed. */
export function prepareOnebox(): void {
  const prepared = spawnSync(process.execPath, [path.join(root, "deploy/onebox/prepare.mjs")], { encoding: "utf8" });
  if (prepared.status !== 0) throw new Error(`${prepared.stdout}\n${prepared.stderr}`);
}

/** Starts a whole Onebox on free ports and waits until it is ready. */
export async function startOnebox(settings: OneboxSettings = {}): Promise<RunningOnebox> {
  const launched = await launchOnebox(settings);
  const ready = await launched.ready;
  if (ready === null) throw new Error(`Onebox ended before it was ready:\n${launched.output()}`);
  const { process: child, output, dataDir, gatewayPort, remove } = launched;
  const pid = child.pid ?? -1;
  return {
    ...ready,
    gatewayPort,
    dataDir,
    pid,
    output,
    ownerUrl: () => readOwnerUrl(dataDir),
    childrenOf,
    pidOf: (part) => findPart(pid, part),
    async stop() {
      child.kill("SIGTERM");
      const code = await launched.ended;
      await remove();
      return code;
    },
    async kill() {
      const parts = await childrenOf(pid);
      child.kill("SIGKILL");
      await launched.ended;
      await Promise.all(parts.map(untilGone));
    },
  };
}

type Ready = Readonly<{ consoleUrl: string; setupUrl: string | null; readySeconds: number }>;

/** Starts one that may well refuse: `ready` is null when it ended instead. */
export async function launchOnebox({ env = {}, dataDir, ids }: OneboxSettings) {
  const scratch = dataDir === undefined ? await makeScratch("onebox") : null;
  const [consolePort, gatewayPort] = [await freePort(), await freePort()];
  const identity = ids === undefined ? [] : [`--reuid=${ids.uid}`, `--regid=${ids.gid}`, "--clear-groups"];
  const program = [ownNode, path.join(root, "deploy/onebox/src/main.ts")];
  const child = spawn("setpriv", [...identity, "--pdeathsig", "KILL", "--", ...program], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...plainEnv(),
      RAMPART_DATA_DIR: dataDir ?? path.join(scratch?.path ?? "", "data"),
      RAMPART_CONSOLE_PORT: String(consolePort),
      RAMPART_GATEWAY_PORT: String(gatewayPort),
      ...env,
    },
  });
  let text = "";
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const ready = new Promise<Ready | null>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Onebox was not ready after ${readyMs} ms:\n${text}`)), readyMs);
    void ended.then(() => resolve(null)).finally(() => clearTimeout(timer));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        text += `${line}\n`;
        // The last line of the announcement.
        if (line.startsWith("  Ready")) resolve(readAnnouncement(text));
      });
    }
  });
  return {
    process: child,
    ready,
    ended,
    output: () => text,
    dataDir: dataDir ?? path.join(scratch?.path ?? "", "data"),
    gatewayPort,
    consolePort,
    remove: async () => scratch?.remove(),
  };
}

async function readOwnerUrl(dataDir: string): Promise<string> {
  const { databaseOwner }: { databaseOwner: string } = JSON.parse(
    await readFile(path.join(dataDir, "secrets.json"), "utf8"),
  );
  const port = (await readFile(path.join(dataDir, "postgres.port"), "utf8")).trim();
  return `postgresql://postgres:${databaseOwner}@127.0.0.1:${port}/rampart`;
}

function readAnnouncement(text: string): Ready {
  const after = (word: string) => new RegExp(`^  ${word} +(\\S+)`, "m").exec(text)?.[1] ?? null;
  return {
    consoleUrl: after("Console") ?? "",
    setupUrl: after("Set up"),
    readySeconds: Number(/^  Ready +in ([\d.]+) s/m.exec(text)?.[1]),
  };
}

const commandOf: Readonly<Record<PartName, RegExp>> = {
  console: /apps\/console\/src\/server\/main\.ts/,
  gateway: /apps\/gateway\/src\/main\.ts/,
  workers: /deploy\/onebox\/src\/workers\.ts/,
  defender: /apps\/defender\//,
  postgres: /bin\/postgres\0-D/,
};

async function findPart(supervisor: number, part: PartName): Promise<number | null> {
  for (const pid of await childrenOf(supervisor)) {
    if (commandOf[part].test(await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => ""))) return pid;
  }
  return null;
}

/** Direct children; setpriv replaces itself by the program it starts. */
async function childrenOf(pid: number): Promise<readonly number[]> {
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, "utf8").catch(() => "")),
  );
  return lists.flatMap((list) => list.split(" ").filter(Boolean).map(Number));
}

async function untilGone(pid: number): Promise<void> {
  const deadline = performance.now() + 15_000;
  for (;;) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    // A zombie has ended; who reaps it is the machine's affair.
    if (stat === "" || stat.slice(stat.lastIndexOf(")") + 2).startsWith("Z")) return;
    if (performance.now() > deadline) throw new Error(`process ${pid} outlived its supervisor by 15 s`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
