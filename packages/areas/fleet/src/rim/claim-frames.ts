import type { Database } from "@rampart/database";
import type { FrameRef } from "../contract.ts";
import { claimMs, claimsMax } from "./claims.ts";

/** A stored report that waits to be applied, with the project it belongs to. */
export type ClaimedFrame = FrameRef & Readonly<{ tenantId: string; projectId: string }>;

type Row = Readonly<{
  tenantId: string;
  projectId: string;
  defenderId: string;
  epoch: string;
  sequence: bigint;
}>;

/**
 * Marks the oldest waiting reports as enqueued and answers with them. A report whose claim is `claimMs` old and that was
 * not forgotten is claimed again, `claimsMax` times in all. Several relays may claim at once.
 */
export async function claimFrames(database: Database, limit: number): Promise<readonly ClaimedFrame[]> {
  return database.installation(async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      with fresh as (
        select project_id, defender_id, epoch, sequence from fleet_frame
        where enqueued_at is null
        order by received_at, sequence limit ${limit} for update skip locked
      ), lost as (
        select project_id, defender_id, epoch, sequence from fleet_frame
        where enqueued_at < now() - ${claimMs}::double precision * interval '1 millisecond' and claims < ${claimsMax}
        order by enqueued_at limit ${limit} for update skip locked
      ), claimed as (
        update fleet_frame f set enqueued_at = now(), claims = f.claims + 1
        from (select * from fresh union all select * from lost limit ${limit}) w
        where (f.project_id, f.defender_id, f.epoch, f.sequence) = (w.project_id, w.defender_id, w.epoch, w.sequence)
        returning f.project_id, f.defender_id, f.epoch, f.sequence
      )
      select p.tenant_id as "tenantId", c.project_id as "projectId", c.defender_id as "defenderId", c.epoch, c.sequence
      from claimed c join tenancy_project p on p.id = c.project_id
      order by c.project_id, c.defender_id, c.epoch, c.sequence`;
    return rows.map((row) => ({ ...row, sequence: Number(row.sequence) }));
  });
}

/** Takes back the claims of reports that could not be enqueued: the next round claims them again. */
export async function releaseFrames(database: Database, frames: readonly ClaimedFrame[]): Promise<void> {
  await database.installation(
    (tx) => tx.$executeRaw`
      update fleet_frame f set enqueued_at = null, claims = f.claims - 1
      from jsonb_to_recordset(${JSON.stringify(frames)}::jsonb)
        as w ("projectId" uuid, "defenderId" uuid, epoch uuid, sequence bigint)
      where (f.project_id, f.defender_id, f.epoch, f.sequence) = (w."projectId", w."defenderId", w.epoch, w.sequence)`,
  );
}
