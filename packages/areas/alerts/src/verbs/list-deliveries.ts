import type { Page } from "@rampart/kernel";
import type { DeliveryRow, ListDeliveries } from "../contract.ts";
import type { AlertsCtx } from "../ports.ts";

export async function listDeliveries(ctx: AlertsCtx, asked: ListDeliveries): Promise<Page<DeliveryRow>> {
  ctx.require("alerts.read");
  return ctx.read(({ deliveries }) => deliveries.list(asked));
}
