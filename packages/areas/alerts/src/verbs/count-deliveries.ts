import type { DeliveryCounts } from "../contract.ts";
import type { AlertsCtx } from "../ports.ts";

export async function countDeliveries(ctx: AlertsCtx): Promise<DeliveryCounts> {
  ctx.require("alerts.read");
  return ctx.read(({ deliveries }) => deliveries.countByState());
}
