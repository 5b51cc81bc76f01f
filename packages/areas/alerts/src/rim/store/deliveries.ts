import { Prisma, type Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import { DeliveryCounts, deliveryStates, type DeliveryState } from "../../contract.ts";
import type { DeliveryStore } from "../../ports.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { waiting, waitingDeliveries } from "./waiting-deliveries.ts";

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
    ...waitingDeliveries(tx, projectId),
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
