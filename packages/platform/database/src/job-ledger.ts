import { messageOf } from "@rampart/kernel";
import type { Database, Tx } from "./open-database.ts";

/** A job as the ledger remembers it until it is done. */
export type LedgerRow = Readonly<{
  projectId: string;
  tenantId: string;
  id: string;
  name: string;
  payload: Record<string, unknown>;
}>;

const errorLengthMax = 2_000;

/** Remembers jobs in the transaction that removes their facts, before anything is enqueued. */
export async function rememberJobs(tx: Tx, rows: readonly LedgerRow[]): Promise<void> {
  await tx.$executeRaw`
    insert into platform_job (project_id, id, tenant_id, name, payload)
    select "projectId", id, "tenantId", name, payload from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given ("projectId" uuid, id uuid, "tenantId" uuid, name text, payload jsonb)
    on conflict do nothing`;
}

/** Jobs that were published more than `olderThanMs` ago and are not done: perhaps running, perhaps forgotten by the queue. */
export async function listUnsettledJobs(tx: Tx, olderThanMs: number, rowsMax: number): Promise<LedgerRow[]> {
  return tx.$queryRaw<LedgerRow[]>`
    update platform_job set enqueued_at = now() where (project_id, id) in (
      select project_id, id from platform_job
      where parked_at is null and enqueued_at < now() - ${olderThanMs}::double precision * interval '1 millisecond'
      order by enqueued_at limit ${rowsMax} for update skip locked)
    returning project_id as "projectId", tenant_id as "tenantId", id, name, payload`;
}

/** Says of jobs that the queue did not take them: the next look at the ledger finds them. */
export async function markJobsDue(tx: Tx, rows: readonly LedgerRow[]): Promise<void> {
  await tx.platformJob.updateMany({
    where: {
      projectId: { in: [...new Set(rows.map((row) => row.projectId))] },
      // At most one batch of the relay.
      id: { in: rows.map((row) => row.id) },
    },
    data: { enqueuedAt: new Date(0) },
  });
}

/** The ledger as lanes use it; see `JobLedger` of the queue. */
export function jobLedger(database: Database) {
  return {
    async settle(projectId: string, id: string): Promise<void> {
      await database.installation((tx) => tx.platformJob.deleteMany({ where: { projectId, id } }));
    },
    async park(projectId: string, id: string, error: string): Promise<void> {
      await database.installation((tx) =>
        tx.platformJob.updateMany({
          where: { projectId, id },
          data: { parkedAt: new Date(), error: messageOf(error).slice(0, errorLengthMax) },
        }),
      );
    },
  };
}
