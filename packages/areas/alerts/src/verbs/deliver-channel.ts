import { messageOf } from "@rampart/kernel";
import type { Alert, DeliverChannel } from "../contract.ts";
import type { AlertsCtx, ChannelTarget } from "../ports.ts";
import { recordDelivery } from "./record-delivery.ts";

/** Alerts sent together; while a channel fails, each try risks only a few duplicates. */
const batchMax = 50;
const batchMaxWhileFailing = 5;
/** Batches of one run; a channel with more is due again at once. */
const batchesMax = 200;
/** Longer than a batch may take on the wire, so that no second run sends the same meanwhile. */
export const leaseMs = 120_000;

type Batch = Readonly<{ leaseId: string; target: ChannelTarget; ids: readonly string[]; alerts: readonly Alert[] }>;

/**
 * Sends what is due on a channel, in order, until nothing is due or a try fails. Any number of runs may be asked for:
 * one at a time holds the channel. What a run that died had taken is sent again when its lease ends.
 */
export async function deliverChannel(ctx: AlertsCtx, { channelId }: DeliverChannel): Promise<void> {
  for (let batches = 0; batches < batchesMax; batches += 1) {
    const batch = await takeBatch(ctx, channelId);
    if (batch === null) return;
    const error = await ctx.media.send(batch.target, batch.alerts).then(() => null, messageOf);
    await recordDelivery(ctx, { channelId, leaseId: batch.leaseId, ids: batch.ids, error });
    if (error !== null) return;
  }
}

async function takeBatch(ctx: AlertsCtx, channelId: string): Promise<Batch | null> {
  ctx.require("alerts.write");
  // oxlint-disable-next-line rampart/write-verb-audits -- nobody changed anything; the delivery rows are the record
  return ctx.unit(async ({ channels, deliveries }) => {
    const now = ctx.clock.now();
    const lease = { id: ctx.ids.next(), now, until: new Date(now.getTime() + leaseMs) };
    const channel = await channels.lease(channelId, lease);
    if (channel === null) return null;
    const due = await deliveries.claimDue(channelId, now, channel.failures > 0 ? batchMaxWhileFailing : batchMax);
    if (due.length === 0) {
      await channels.release(channelId, { wakeAt: await deliveries.nextDue(channelId) });
      return null;
    }
    return {
      leaseId: lease.id,
      target: channel.target,
      ids: due.map(({ id }) => id),
      alerts: due.map(({ alert }) => alert),
    };
  });
}
