import { join } from "node:path";
import { migrateDatabase } from "@rampart/database/migrate";
import { migrateQueue } from "@rampart/queue/migrate";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startPostgres } from "./postgres.ts";

/** One PostgreSQL for the whole run, with a migrated template from which each suite copies its own database. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  const template = "rampart_template";
  const client = new pg.Client({ connectionString: server.ownerUrl });
  await client.connect();
  await client.query(`create database ${template}`);
  await client.end();
  const templateUrl = new URL(server.ownerUrl);
  templateUrl.pathname = `/${template}`;
  const servicePassword = "test-service";
  await migrateDatabase({
    ownerUrl: templateUrl.toString(),
    servicePassword,
    folder: join(import.meta.dirname, "../../prisma"),
  });
  await migrateQueue(templateUrl.toString());
  project.provide("postgres", { ownerUrl: server.ownerUrl, template, servicePassword });
  return () => server.stop();
}
