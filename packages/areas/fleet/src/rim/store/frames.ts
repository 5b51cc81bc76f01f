import { Prisma, type Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import { claimsMax } from "../claims.ts";
import type { FrameRef } from "../../contract.ts";
import type { FleetStores, ReceivedFrame, StoredFrame } from "../../ports.ts";

const removedAtOnceMax = 1_000;

type Mark = Readonly<{ id: string; epoch: string | null; sequence: bigint }>;

export function frameStore(tx: Tx, { projectId }: ProjectScope): FleetStores["frames"] {
  return {
    async keep(frames, at) {
      const marks = await lockMarks(tx, projectId, [...new Set(frames.map((frame) => frame.defenderId))]);
      const fresh = frames.filter((frame) => isFresh(frame, marks.get(frame.defenderId)));
      if (fresh.length > 0) {
        await insertFrames(tx, projectId, fresh, at);
        await raiseMarks(tx, projectId, fresh);
      }
      return new Set(marks.keys());
    },
    async durable(defenderId, epoch) {
      const [mark] = await tx.$queryRaw<{ sequence: bigint }[]>`
        select spool_sequence as sequence from fleet_defender
        where project_id = ${projectId}::uuid and id = ${defenderId}::uuid and spool_epoch = ${epoch}::uuid`;
      return Number(mark?.sequence ?? 0);
    },
    async find({ defenderId, epoch, sequence }) {
      const [row] = await tx.$queryRaw<StoredFrame[]>`
        select f.type, f.body, d.hostname, f.received_at as "receivedAt"
        from fleet_frame f join fleet_defender d on d.project_id = f.project_id and d.id = f.defender_id
        where f.project_id = ${projectId}::uuid and f.defender_id = ${defenderId}::uuid
          and f.epoch = ${epoch}::uuid and f.sequence = ${sequence}`;
      return row ?? null;
    },
    async remove(ref) {
      const { count } = await tx.fleetFrame.deleteMany({ where: { projectId, ...ref } });
      return count > 0;
    },
    async removeParked(before) {
      const rows = await tx.$queryRaw<
        (Omit<FrameRef, "sequence"> & { sequence: bigint; type: string; hostname: string })[]
      >`
        delete from fleet_frame f using fleet_defender d
        where f.project_id = ${projectId}::uuid and d.project_id = f.project_id and d.id = f.defender_id
          and (f.defender_id, f.epoch, f.sequence) in (
            select defender_id, epoch, sequence from fleet_frame
            where project_id = ${projectId}::uuid and claims >= ${claimsMax} and enqueued_at < ${before}
            limit ${removedAtOnceMax})
        returning f.defender_id as "defenderId", f.epoch, f.sequence, f.type, d.hostname`;
      return rows.map((row) => ({ ...row, sequence: Number(row.sequence) }));
    },
  };
}

/** Locked in the order of ids: the sockets of one Defender, even at two gateways, store their reports in turn. */
async function lockMarks(tx: Tx, projectId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Mark>> {
  const marks = await tx.$queryRaw<Mark[]>`
    select id, spool_epoch as epoch, spool_sequence as sequence from fleet_defender
    where project_id = ${projectId}::uuid and id = any(${[...ids]}::uuid[]) order by id for no key update`;
  return new Map(marks.map((mark) => [mark.id, mark]));
}

function isFresh({ header }: ReceivedFrame, mark: Mark | undefined): boolean {
  if (mark === undefined) return false;
  return mark.epoch !== header.epoch || BigInt(header.sequence) > mark.sequence;
}

async function insertFrames(tx: Tx, projectId: string, frames: readonly ReceivedFrame[], at: Date): Promise<void> {
  const rows = frames.map(
    ({ defenderId, header: { epoch, sequence, type }, body }) =>
      Prisma.sql`(${projectId}::uuid, ${defenderId}::uuid, ${epoch}::uuid, ${sequence}, ${type}, ${body}, ${at})`,
  );
  await tx.$executeRaw`
    insert into fleet_frame (project_id, defender_id, epoch, sequence, type, body, received_at)
    values ${Prisma.join(rows)} on conflict do nothing`;
}

/** The last report of each Defender in the batch is its highest, because a lane delivers in order. */
async function raiseMarks(tx: Tx, projectId: string, frames: readonly ReceivedFrame[]): Promise<void> {
  const highest = new Map(frames.map(({ defenderId, header }) => [defenderId, header]));
  const rows = [...highest].map(
    ([defenderId, { epoch, sequence }]) => Prisma.sql`(${defenderId}::uuid, ${epoch}::uuid, ${sequence}::bigint)`,
  );
  await tx.$executeRaw`
    update fleet_defender d set spool_epoch = m.epoch, spool_sequence = m.sequence
    from (values ${Prisma.join(rows)}) m (id, epoch, sequence)
    where d.project_id = ${projectId}::uuid and d.id = m.id`;
}
