import { existsSync } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { execFileSync } from "node:child_process";
import path from "node:path";
import pg from "pg";
import { startDockerd } from "../servers/dockerd.ts";
import type { Engine } from "../servers/engine.ts";
import { debianTar } from "../servers/images.ts";
import { prepareOnebox, root, startOnebox, type OneboxSettings, type RunningOnebox } from "../servers/onebox.ts";
import { makeScratch } from "../servers/scratch.ts";
import { restClient, type RestClient } from "./rest-client.ts";
import { patiently } from "./patiently.ts";

const feeds = path.resolve(root, "../shared/data/advisories");
/** Enough for a Debian image; the rest of the feeds would only make each start longer. */
const feedFiles = ["Debian.osv.jsonl.gz", "kev.jsonl.gz"];
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
  ask<Row extends object>(sql: string): Promise<Row[]>;
  /** Jobs that were given up, or that nobody has finished. */
  jobsLeft(): Promise<{ parked: number; open: number }>;
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
  const dataDir = path.join(scratch.path, "data");
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
  await patiently("advisories", async () => (await countRows(ask, "vulnerabilities_advisory")) > 0, 60_000);
  if (hasFeeds) await patiently("the import", () => importIsDone(ask), 60_000);

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
    settledFindings: (name, deadlineMs = 60_000) =>
      patiently(`findings of ${name}`, () => findingsOf(name), deadlineMs).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${onebox.output().split("\n").slice(-60).join("\n")}`);
      }),
    ask,
    jobsLeft: () => countJobs(ask),
    holdTable: (table) => holdTable(onebox, table),
    untilSomebodyWaits: () => untilSomebodyWaits(ask),
    async stop() {
      await onebox.stop();
      await engine.stop();
      await scratch.remove();
    },
  };
}

type Ask = ProtectedHost["ask"];

async function copyFeeds(folder: string): Promise<string> {
  await mkdir(folder);
  for (const file of feedFiles) await copyFile(path.join(feeds, file), path.join(folder, file));
  return folder;
}

async function importIsDone(ask: Ask): Promise<boolean> {
  const [row] = await ask<{ debian: number }>(
    "select count(*)::int as debian from vulnerabilities_affected where ecosystem like 'Debian:11%'",
  );
  return (row?.debian ?? 0) > 0 && (await countJobs(ask)).open === 0;
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
  const rows = await rest.get<{ id: string; vulnerabilitiesCount: number; repoTag: object }>(
    `/images?name=${encodeURIComponent(name)}&fields=id,vulnerabilitiesCount,repoTag`,
  );
  const [row] = rows;
  if (row === undefined) return null;
  const matched = await ask<{ matched: number }>(
    `select count(*)::int as matched from vulnerabilities_resource where resource_id = '${row.id}'`,
  );
  return matched[0]?.matched === 0 ? null : row.vulnerabilitiesCount;
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
