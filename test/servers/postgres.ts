import { randomBytes } from "node:crypto";
import { chmod } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { startCluster, type Cluster } from "../../deploy/onebox/src/postgres/cluster.ts";
import { freePort } from "./free-port.ts";
import { makeScratch } from "./scratch.ts";

export type PostgresServer = Readonly<{
  /** URL of the superuser on one database. */
  url(database: string): string;
  /** Makes a database, empty or a copy of `template`, and gives the superuser's URL for it. */
  createDatabase(name: string, template?: string): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  /** SIGKILL of the server and all its sessions. */
  kill(): Promise<void>;
  /** Starts it again on the same port and files. */
  start(): Promise<void>;
  stop(): Promise<void>;
}>;

/** What a test run gains by not keeping anything: three quarters of the time of a small write. */
const forgetful = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };

/**
 * Starts the PostgreSQL that Onebox embeds, on a cluster of its own. Most tests want `testDatabase` of @rampart/testing instead; this one
 * is for those that stop or kill the server.
 */
export async function startPostgres(options: Readonly<Record<string, string>> = forgetful): Promise<PostgresServer> {
  const scratch = await makeScratch("postgres");
  await chmod(scratch.path, 0o711); // the server may run as another user
  const settings = {
    folder: path.join(scratch.path, "data"),
    port: await freePort(),
    password: randomBytes(12).toString("hex"),
    options,
  };
  let cluster: Cluster = await startCluster(settings);

  return {
    url: (database) => cluster.url(database),
    async createDatabase(name, template = "template1") {
      await query(cluster, `create database ${quoted(name)} template ${quoted(template)}`);
      return cluster.url(name);
    },
    dropDatabase: (name) => query(cluster, `drop database if exists ${quoted(name)} with (force)`),
    async kill() {
      process.kill(cluster.pid, "SIGKILL");
      await cluster.ended;
    },
    async start() {
      cluster = await startCluster(settings);
    },
    async stop() {
      await cluster.stop();
      await scratch.remove();
    },
  };
}

async function query(cluster: Cluster, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.url("postgres") });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
