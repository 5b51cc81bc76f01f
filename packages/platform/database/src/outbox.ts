import type { Tx } from "./open-database.ts";

export type OutboxRow = Readonly<{
  projectId: string;
  tenantId: string;
  id: string;
  type: string;
  payload: Record<string, unknown>;
}>;

/** Facts of one kind that a project has published before the others have their turn. */
const turnRows = 25;

/**
 * The oldest facts of each project and type, a few of each, that no other relay is publishing; locked until the
 * transaction ends. Where there are more than fit, chance decides whose turn it is: a project with a hundred thousand
 * facts neither keeps another waiting nor its own facts of another kind.
 */
export async function claimFacts(tx: Tx, rowsMax: number): Promise<OutboxRow[]> {
  // The recursion jumps from one project and type to the next, so its cost does not grow with what waits.
  return tx.$queryRaw<OutboxRow[]>`
    with recursive waiting as (
      (select project_id, type from platform_outbox order by project_id, type limit 1)
      union all
      select n.project_id, n.type from waiting w cross join lateral (
        select o.project_id, o.type from platform_outbox o where (o.project_id, o.type) > (w.project_id, w.type)
        order by o.project_id, o.type limit 1) n
    ), turns as materialized (select * from waiting order by random())
    select f.project_id as "projectId", f.tenant_id as "tenantId", f.id, f.type, f.payload
    from turns t cross join lateral (
      select o.* from platform_outbox o where o.project_id = t.project_id and o.type = t.type
      order by o.id limit ${turnRows} for update skip locked) f
    limit ${rowsMax}`;
}

/** Removes published facts; called in the transaction that claimed them. */
export async function forgetFacts(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw`delete from platform_outbox where id = any(${ids}::uuid[])`;
}
