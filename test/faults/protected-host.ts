import { existsSync } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { execFileSync } from "node:child_process";
import path from "node:path";
import pg from "pg";
import { startDockerd } from "../servers/dockerd.ts";
import type { Engine } from "../servers/engine.ts";
import { debianTar } from "../servers/images.ts";
import {
  prepareOnebox,
  root,
  startOnebox,
  type OneboxSettings,
  type PartName,
  type RunningOnebox,
} from "../servers/onebox.ts";
import { makeScratch } from "../servers/scratch.ts";
import { restClient, type RestClient } from "./rest-client.ts";
import { patiently } from "./patiently.ts";

const feeds = path.resolve(root, "../shared/data/advisories");
/** Enough for a Debian image; the rest of the feeds would only make each start longer. */
const feedFiles = ["Debian.osv.jsonl.gz", "kev.jsonl.gz"];
const linesShown = 60;
export const hasFeeds = existsSync(feeds);
/** What the published Debian records say about the image, which has no security updates. */
export const bullseyeFindings = 78;

export const admin = { username: "ann", password: "correct horse battery" } as const;

/** An Onebox with a Defender that follows a real container engine, and ways to look into it and to disturb it. */
export type ProtectedHost = Readonly<{
  engine: Engine;
  onebox(): RunningOnebox;
  /** SIGKILL of the supervisor, then a new start on the same data. */
  startAgain(): Promise<RunningOnebox>;
  rest: RestClient;
  /** Puts an image into the engine that nobody has analysed before: Debian and one file that differs. */
  bringImage(name: string): Promise<void>;
  /** Findings of an image by the public API; null while it is not known or not matched. */
  findingsOf(name: string): Promise<number | null>;
  /** Waits until an image has been matched, and gives its findings. */
  settledFindings(name: string, deadlineMs?: number): Promise<number>;
  /** Waits until an image has been matched and nothing is left to do; says its findings and what was given up. */
  outcomeOf(name: string, deadlineMs?: number): Promise<{ findings: number; parked: number }>;
  ask<Row extends object>(sql: string): Promise<Row[]>;
  /** SIGKILL of a part; returns when the supervisor has started another. */
  killPart(part: PartName): Promise<void>;
  /** Lets the relay take for lost what lies in the queue, which it else does after minutes of silence. */
  ageQueuedWork(): Promise<void>;
  /** Keeps everybody from a table until the returned function is called: what is under way stays under way. */
  holdTable(table: string): Promise<() => Promise<void>>;
  /** Waits until somebody stands before a held table. */
  untilSomebodyWaits(): Promise<void>;
  stop(): Promise<void>;
}>;

export async function startProtectedHost(settings: OneboxSettings = {}): Promise<ProtectedHost> {
  prepareOnebox();
  const scratch = await makeScratch("faults");
  const engine = await startDockerd();
  const dataDir = settings.dataDir ?? path.join(scratch.path, "data");
  const env = {
    RAMPART_CONTAINER_SOCKET: engine.socket,
    RAMPART_ADMIN_USERNAME: admin.username,
    RAMPART_ADMIN_PASSWORD: admin.password,
    ...(hasFeeds && { RAMPART_INTEL_DIR: await copyFeeds(path.join(scratch.path, "feeds")) }),
    ...settings.env,
  };
  let onebox = await startOnebox({ dataDir, env });
  const rest = restClient(() => onebox.consoleUrl, admin);
  const ask = <Row extends object>(sql: string) => askDatabase<Row>(onebox, sql);
  const findingsOf = (name: string) => readFindings(rest, ask, name);
  const settledFindings = (name: string, deadlineMs = 60_000) =>
    patiently(`findings of ${name}`, () => findingsOf(name), deadlineMs).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${onebox.output().split("\n").slice(-linesShown).join("\n")}`);
    });
  await patiently("advisories", async () => (await countRows(ask, "vulnerabilities_advisory")) > 0, 60_000);
  // Before that an image would be matched twice, first with the few records that come with the product.
  if (hasFeeds)
    await patiently("the import", async () => onebox.output().includes("advisories are up to date"), 60_000);

  return {
    engine,
    onebox: () => onebox,
    async startAgain() {
      await onebox.kill();
      return (onebox = await startOnebox({ dataDir, env }));
    },
    rest,
    bringImage: (name) => importVariant(engine, scratch.path, name),
    findingsOf,
    settledFindings,
    async outcomeOf(name, deadlineMs = 60_000) {
      const findings = await settledFindings(name, deadlineMs);
      await patiently("the end of all jobs", async () => (await countJobs(ask)).open === 0, deadlineMs);
      return { findings, parked: (await countJobs(ask)).parked };
    },
    ask,
    killPart: (part) => killPart(onebox, part),
    async ageQueuedWork() {
      await ask("update fleet_frame set enqueued_at = enqueued_at - interval '10 minutes'");
      await ask("update platform_job set enqueued_at = enqueued_at - interval '10 minutes'");
    },
    holdTable: (table) => holdTable(onebox, table),
    untilSomebodyWaits: () => untilSomebodyWaits(ask),
    async stop() {
      await onebox.stop();
      await engine.stop();
      await scratch.remove();
    },
  };
}

async function killPart(onebox: RunningOnebox, part: PartName): Promise<void> {
  const pid = await patiently(part, () => onebox.pidOf(part), 10_000);
  process.kill(pid, "SIGKILL");
  await patiently(`a new ${part}`, async () => ![null, pid].includes(await onebox.pidOf(part)), 20_000);
}

type Ask = ProtectedHost["ask"];

async function copyFeeds(folder: string): Promise<string> {
  await mkdir(folder);
  for (const file of feedFiles) await copyFile(path.join(feeds, file), path.join(folder, file));
  return folder;
}

async function importVariant(engine: Engine, folder: string, name: string): Promise<void> {
  const marker = name.replaceAll(/\W/g, "-");
  const tar = path.join(folder, `${marker}.tar`);
  await copyFile(await debianTar("bullseye"), tar);
  await writeFile(path.join(folder, marker), name);
  execFileSync("tar", ["--append", "--file", tar, "--directory", folder, marker]);
  await engine.run(["import", "--change", 'CMD ["/bin/sleep", "1000"]', tar, name]);
}

async function readFindings(rest: RestClient, ask: Ask, name: string): Promise<number | null> {
  // The match is asked for first: the API counts no findings for an image that is not matched yet.
  const [matched] = await ask(`select 1 from vulnerabilities_resource where resource_name = '${name}'`);
  if (matched === undefined) return null;
  const path = `/images?name=${encodeURIComponent(name)}&fields=vulnerabilitiesCount`;
  const [row] = await rest.get<{ vulnerabilitiesCount: number }>(path);
  return row?.vulnerabilitiesCount ?? null;
}

async function countJobs(ask: Ask): Promise<{ parked: number; open: number }> {
  const [row] = await ask<{ parked: number; open: number }>(
    `select count(*) filter (where parked_at is not null)::int as parked,
            count(*) filter (where parked_at is null)::int as open from platform_job`,
  );
  return row ?? { parked: 0, open: 0 };
}

async function countRows(ask: Ask, table: string): Promise<number> {
  const [row] = await ask<{ rows: number }>(`select count(*)::int as rows from ${table}`);
  return row?.rows ?? 0;
}

async function holdTable(onebox: RunningOnebox, table: string): Promise<() => Promise<void>> {
  const client = await openClient(onebox);
  await client.query("begin");
  await client.query(`lock table ${table} in access exclusive mode`);
  return async () => {
    await client.end().catch(() => undefined);
  };
}

function untilSomebodyWaits(ask: Ask): Promise<void> {
  const sql = "select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock'";
  return patiently(
    "somebody before the held table",
    async () => ((await ask<{ waiting: number }>(sql))[0]?.waiting ?? 0) > 0,
    30_000,
  ).then(() => undefined);
}

/** Over a connection of its own, as the server may have been killed since the last question. */
async function askDatabase<Row extends object>(onebox: RunningOnebox, sql: string): Promise<Row[]> {
  const client = await openClient(onebox);
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function openClient(onebox: RunningOnebox): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: await onebox.ownerUrl(), connectionTimeoutMillis: 5_000 });
  // A server that is killed while it is asked says so by the answer that fails.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}
