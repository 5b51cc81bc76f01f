import { createHash, randomUUID } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { Outage, Refusal } from "@rampart/kernel";
import pg from "pg";
import { prepareRoles } from "./roles.ts";

/** Taken while migrating, so that two starting processes do not migrate at once. Any constant will do. */
const migrationLock = 727_001;

export type MigrationReport = Readonly<{ applied: readonly string[]; serviceUrl: string }>;

/**
 * Brings the database to this version: roles, migrations in the order of their names, then every policy file anew.
 * Keeps Prisma's `_prisma_migrations` table, so that `prisma migrate deploy` can take over. Each migration is one
 * transaction; a failure leaves the state of the one before.
 */
export async function migrateDatabase(settings: {
  /** A role that may create roles, schemas and tables. Used here and nowhere else. */
  ownerUrl: string;
  servicePassword: string;
  /** The repository's `prisma` folder. */
  folder: string;
}): Promise<MigrationReport> {
  const client = new pg.Client({ connectionString: settings.ownerUrl });
  try {
    await client.connect();
  } catch (cause) {
    throw new Outage(`PostgreSQL at ${new URL(settings.ownerUrl).host}`, cause);
  }
  try {
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    await prepareRoles(client, settings.servicePassword);
    const applied = await applyMigrations(client, join(settings.folder, "migrations"));
    await applyPolicies(client, join(settings.folder, "policies"));
    return { applied, serviceUrl: serviceUrl(settings.ownerUrl, settings.servicePassword) };
  } finally {
    await client.end();
  }
}

/** The URL of the service role on the owner's database. */
export function serviceUrl(ownerUrl: string, servicePassword: string): string {
  const url = new URL(ownerUrl);
  url.username = "rampart_service";
  url.password = servicePassword;
  return url.toString();
}

async function applyMigrations(client: pg.Client, folder: string): Promise<string[]> {
  await client.query(`create table if not exists _prisma_migrations (
    id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
    logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0)`);
  const present = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
  const done = await client.query<{ migration_name: string; checksum: string }>(
    "select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null",
  );
  refuseNewerDatabase(
    done.rows.map((row) => row.migration_name),
    present,
  );
  const known = new Set(done.rows.map((row) => row.migration_name));
  const missing = present.filter((name) => !known.has(name));
  for (const name of missing) await applyMigration(client, folder, name);
  return missing;
}

function refuseNewerDatabase(done: readonly string[], present: readonly string[]): void {
  const unknown = done.filter((name) => !present.includes(name));
  if (unknown.length === 0) return;
  throw new Refusal(
    "precondition",
    "database.version.newer",
    `The database was used by a newer version of Rampart (it holds ${unknown.join(", ")}). Start that version or restore a backup.`,
  );
}

async function applyMigration(client: pg.Client, folder: string, name: string): Promise<void> {
  const sql = await readFile(join(folder, name, "migration.sql"), "utf8");
  const checksum = createHash("sha256").update(sql).digest("hex");
  await inTransaction(client, async () => {
    await client.query(sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
       values ($1, $2, now(), $3, 1)`,
      [randomUUID(), checksum, name],
    );
  });
}

async function applyPolicies(client: pg.Client, folder: string): Promise<void> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".sql")).toSorted();
  for (const name of files) {
    const sql = await readFile(join(folder, name), "utf8");
    await inTransaction(client, () => client.query(sql));
  }
}

async function inTransaction(client: pg.Client, work: () => Promise<unknown>): Promise<void> {
  await client.query("begin");
  try {
    await work();
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}
