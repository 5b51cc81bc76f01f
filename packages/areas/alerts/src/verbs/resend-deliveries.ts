import type { ResendDeliveries, Resent } from "../contract.ts";
import type { AlertsCtx } from "../ports.ts";

/** Queues given-up deliveries anew. Those that are not given up are left alone, so asking twice sends once. */
export async function resendDeliveries(ctx: AlertsCtx, asked: ResendDeliveries): Promise<Resent> {
  ctx.require("alerts.write");
  return ctx.unit(async ({ deliveries, channels, audit }) => {
    const now = ctx.clock.now();
    const byChannel = await deliveries.resend(asked, now);
    for (const channelId of byChannel.keys()) await channels.wake(channelId, now);
    const resent = [...byChannel.values()].reduce((sum, count) => sum + count, 0);
    if (resent > 0) await audit.record("alerts.deliveries.resent", { after: { ...asked, resent } });
    return { resent };
  });
}
