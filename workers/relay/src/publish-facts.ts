import { randomIds } from "@rampart/database";
import { claimFacts, forgetFacts, rememberJobs, type Database, type LedgerRow } from "@rampart/database/unscoped";
import { jobsFor, type Subscription } from "@rampart/queue";
import type { EnqueueLedgerRows } from "./enqueue-ledger-rows.ts";

/** Facts taken at once; more wait for the next claim of the same call. */
const batchRows = 200;

/**
 * Turns facts into jobs: first their jobs are remembered in the ledger and the facts removed, in one transaction; then
 * the jobs are enqueued. A crash in between is mended by the ledger. Returns how many facts were published.
 */
export async function publishFacts(
  database: Database,
  subscriptions: readonly Subscription[],
  enqueue: EnqueueLedgerRows,
): Promise<number> {
  let published = 0;
  for (;;) {
    const { facts, jobs } = await claimBatch(database, subscriptions);
    await enqueue(jobs);
    published += facts;
    if (facts === 0) return published;
  }
}

async function claimBatch(
  database: Database,
  subscriptions: readonly Subscription[],
): Promise<{ facts: number; jobs: LedgerRow[] }> {
  return database.installation(async (tx) => {
    const rows = await claimFacts(tx, batchRows);
    if (rows.length === 0) return { facts: 0, jobs: [] };
    const jobs = rows.flatMap(({ projectId, tenantId, type, payload }) =>
      jobsFor(subscriptions, type).map((job) => ({
        projectId,
        tenantId,
        id: randomIds.next(),
        name: job.name,
        payload,
      })),
    );
    if (jobs.length > 0) await rememberJobs(tx, jobs);
    await forgetFacts(
      tx,
      rows.map((row) => row.id),
    );
    return { facts: rows.length, jobs };
  });
}
