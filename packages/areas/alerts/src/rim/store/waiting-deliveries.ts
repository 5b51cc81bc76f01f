import { Prisma, type Tx } from "@rampart/database";
import { Alert } from "../../contract.ts";
import type { DeliveryStore } from "../../ports.ts";

/** States of a delivery that a channel still has to make. */
export const waiting = Prisma.sql`('queued', 'sending', 'failed')`;

/** The durable outbox of one project: what waits, is taken, arrives or comes back. */
export function waitingDeliveries(
  tx: Tx,
  projectId: string,
): Pick<DeliveryStore, "claimDue" | "markSent" | "markFailed" | "nextDue"> {
  return {
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
  };
}
