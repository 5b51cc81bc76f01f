import { readFile, writeFile } from "node:fs/promises";
import pg from "pg";
import type { DataDir } from "../data-dir/open.ts";
import { freeLoopbackPort } from "../ports/check-port.ts";
import { startCluster, type Cluster } from "./cluster.ts";
import { endLeftover } from "./end-leftover.ts";

export type EmbeddedDatabase = Readonly<{
  /** Owner of the database; for migrations only. */
  ownerUrl: string;
  cluster: Cluster;
}>;

const database = "rampart";
/** Small machines first: one Onebox serves up to a hundred hosts. */
const options = {
  max_connections: "100",
  shared_buffers: "128MB",
  jit: "off",
  log_checkpoints: "off",
  log_line_prefix: "",
};

/** The same port at each start, so that a tool that was pointed at the database still finds it. */
export async function choosePort(dataDir: DataDir): Promise<number> {
  const file = dataDir.at("postgres.port");
  const kept = Number(await readFile(file, "utf8").catch(() => ""));
  const port = await freeLoopbackPort(Number.isInteger(kept) && kept > 0 ? kept : null);
  if (port !== kept) await writeFile(file, `${port}\n`);
  return port;
}

export async function startDatabase(
  dataDir: DataDir,
  port: number,
  onLog: (line: string) => void,
): Promise<EmbeddedDatabase> {
  const folder = dataDir.at("postgres");
  const cluster = await startCluster({ folder, port, password: dataDir.secrets.databaseOwner, options, onLog });
  try {
    await createDatabase(cluster.url("postgres"));
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return { ownerUrl: cluster.url(database), cluster };
}

export async function endLeftoverDatabase(dataDir: DataDir): Promise<boolean> {
  return endLeftover(dataDir.at("postgres"));
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (found.rowCount === 0) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
}
