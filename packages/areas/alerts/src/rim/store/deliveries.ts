import { Prisma, type Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import { Alert, DeliveryCounts, deliveryStates, DeliveryState } from "../../contract.ts";
import type { DeliveryStore } from "../../ports.ts";
import { listDeliveries } from "./list-deliveries.ts";

const waiting = Prisma.sql`('queued', 'sending', 'failed')`;

export function deliveryStore(tx: Tx, scope: ProjectScope): DeliveryStore {
  const { projectId } = scope;
  return {
    list: (asked) => listDeliveries(tx, projectId, asked),
    async countByState() {
      const rows = await tx.alertsDelivery.groupBy({ by: ["state"], where: { projectId }, _count: true });
      const counted = new Map(rows.map((row) => [row.state, row._count]));
      return DeliveryCounts.parse(Object.fromEntries(deliveryStates.map((state) => [state, counted.get(state) ?? 0])));
    },
    async insert(deliveries) {
      const rows = deliveries.map((delivery) => ({
        ...delivery,
        projectId,
        state: "queued" satisfies DeliveryState,
        firstDueAt: delivery.dueAt,
      }));
      await tx.alertsDelivery.createMany({ data: rows, skipDuplicates: true });
    },
    async claimDue(channelId, now, rowsMax) {
      const rows = await tx.$queryRaw<{ id: string; alert: unknown }[]>`
        with due as (
          select id from alerts_delivery
          where project_id = ${projectId}::uuid and channel_id = ${channelId}::uuid and state in ${waiting} and due_at <= ${now}::timestamptz
          order by position limit ${rowsMax} for update),
        claimed as (
          update alerts_delivery d set state = 'sending', attempts = attempts + 1
          from due where d.project_id = ${projectId}::uuid and d.id = due.id
          returning d.id, d.position, d.fact_id)
        select c.id, f.alert from claimed c
        join alerts_fact f on f.project_id = ${projectId}::uuid and f.id = c.fact_id
        order by c.position`;
      return rows.map(({ id, alert }) => ({ id, alert: Alert.parse(alert) }));
    },
    async markSent(ids, at) {
      // At most one batch.
      await tx.alertsDelivery.updateMany({
        where: { projectId, id: { in: [...ids] } },
        data: { state: "sent", sentAt: at, lastError: null },
      });
    },
    async markFailed({ channelId, ids, error, giveUpBefore }) {
      await tx.$executeRaw`update alerts_delivery
        set state = 'failed', last_error = ${error}
        where project_id = ${projectId}::uuid and id = any(${[...ids]}::uuid[])`;
      return tx.$executeRaw`update alerts_delivery set state = 'given-up', last_error = ${error}
        where project_id = ${projectId}::uuid and channel_id = ${channelId}::uuid and state in ${waiting}
          and first_due_at <= ${giveUpBefore}::timestamptz`;
    },
    async nextDue(channelId) {
      const [row] = await tx.$queryRaw<{ dueAt: Date | null }[]>`select min(due_at) as "dueAt" from alerts_delivery
        where project_id = ${projectId}::uuid and channel_id = ${channelId}::uuid and state in ${waiting}`;
      return row?.dueAt ?? null;
    },
    async resend(asked, at) {
      const which =
        "ids" in asked ? Prisma.sql`id = any(${asked.ids}::uuid[])` : Prisma.sql`channel_id = ${asked.channelId}::uuid`;
      const rows = await tx.$queryRaw<{ channelId: string; resent: number }[]>`
        with resent as (
          update alerts_delivery set state = 'queued', attempts = 0, first_due_at = ${at}::timestamptz, due_at = ${at}::timestamptz
          where project_id = ${projectId}::uuid and state = 'given-up' and ${which} returning channel_id)
        select channel_id as "channelId", count(*)::int as resent from resent group by channel_id`;
      return new Map(rows.map(({ channelId, resent }) => [channelId, resent]));
    },
    async forget(before, rowsMax) {
      return tx.$executeRaw`
        delete from alerts_fact where project_id = ${projectId}::uuid and id in (
          select f.id from alerts_fact f where f.project_id = ${projectId}::uuid and f.heard_at < ${before}::timestamptz
            and not exists (select 1 from alerts_delivery d where d.project_id = f.project_id and d.fact_id = f.id and d.state in ${waiting})
          order by f.heard_at limit ${rowsMax})`;
    },
  };
}
