import type { LedgerRow } from "@rampart/database/unscoped";
import { Outage } from "@rampart/kernel";
import { grantScope } from "@rampart/kernel/grant";
import type { Job, Queues } from "@rampart/queue";
import type { Logger } from "@rampart/telemetry";

export type EnqueueLedgerRow = (row: LedgerRow) => Promise<void>;

/**
 * Hands a remembered job to its queue. A queue that is away is no failure: the ledger is swept again later. Enqueuing
 * one row twice is one piece of work, because the row's id is the job's id.
 */
export function enqueueLedgerRow(queues: Queues, jobs: readonly Job<never>[], logger: Logger): EnqueueLedgerRow {
  const byName = new Map(jobs.map((job) => [job.name, job]));
  return async (row) => {
    const job = byName.get(row.name);
    if (job === undefined) {
      logger.error({ job: row.name }, "a remembered job is unknown to this version; it stays in the ledger");
      return;
    }
    try {
      const scope = grantScope(row.tenantId, row.projectId);
      // The payload is parsed with the job's own schema before it is added.
      await queues.enqueue(scope, job, row.payload as never, { id: row.id, ledgerId: row.id });
    } catch (error) {
      if (!(error instanceof Outage)) throw error;
      logger.warn({ job: row.name, err: error }, "queue away; the ledger keeps the job");
    }
  };
}
