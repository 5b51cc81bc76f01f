import { Outage } from "@rampart/kernel";
import { runMigrations } from "bullmq";
import pg from "pg";
import { queueSchema } from "./backend.ts";

/**
 * Brings BullMQ's tables to the version of the library and lets the service role use them. Run after
 * `migrateDatabase`, as the same owner; needed only where jobs wait in PostgreSQL.
 */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  try {
    await client.connect();
    await runMigrations(client, queueSchema);
    await client.query(`
      grant usage on schema ${queueSchema} to rampart_service;
      grant all on all tables in schema ${queueSchema} to rampart_service;
      grant all on all sequences in schema ${queueSchema} to rampart_service;
      grant execute on all functions in schema ${queueSchema} to rampart_service;
    `);
  } catch (cause) {
    throw new Outage("PostgreSQL (job queue)", cause);
  } finally {
    await client.end();
  }
}
