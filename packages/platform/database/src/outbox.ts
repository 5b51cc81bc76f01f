import type { Tx } from "./open-database.ts";

export type OutboxRow = Readonly<{
  projectId: string;
  tenantId: string;
  id: string;
  type: string;
  payload: Record<string, unknown>;
}>;

/** The oldest facts that no other relay is publishing, locked until the transaction ends. */
export async function claimFacts(tx: Tx, rowsMax: number): Promise<OutboxRow[]> {
  return tx.$queryRaw<OutboxRow[]>`
    select project_id as "projectId", tenant_id as "tenantId", id, type, payload
    from platform_outbox order by id limit ${rowsMax} for update skip locked`;
}

/** Removes published facts; called in the transaction that claimed them. */
export async function forgetFacts(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw`delete from platform_outbox where id = any(${ids}::uuid[])`;
}
