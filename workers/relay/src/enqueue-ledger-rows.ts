import { markJobsDue, type Database, type LedgerRow } from "@rampart/database/unscoped";
import { grantScope } from "@rampart/kernel/grant";
import type { Job, Queues } from "@rampart/queue";
import type { Logger } from "@rampart/telemetry";
import { enqueueAll } from "./enqueue-all.ts";

export type EnqueueLedgerRows = (rows: readonly LedgerRow[]) => Promise<void>;

type Publisher = Readonly<{ database: Database; queues: Queues; logger: Logger; jobs: readonly Job<never>[] }>;

/**
 * Hands remembered jobs to their queues. Enqueuing one row twice is one piece of work, because the row's id is the
 * job's id.
 */
export function enqueueLedgerRows({ database, queues, logger, jobs }: Publisher): EnqueueLedgerRows {
  const byName = new Map(jobs.map((job) => [job.name, job]));

  async function enqueue(row: LedgerRow): Promise<void> {
    const job = byName.get(row.name);
    if (job === undefined) {
      logger.error({ job: row.name }, "a remembered job is unknown to this version; it stays in the ledger");
      return;
    }
    const scope = grantScope(row.tenantId, row.projectId);
    // The payload is parsed with the job's own schema before it is added.
    await queues.enqueue(scope, job, row.payload as never, { id: row.id, ledgerId: row.id });
  }

  return (rows) => enqueueAll(rows, enqueue, (left) => database.installation((tx) => markJobsDue(tx, left)));
}
