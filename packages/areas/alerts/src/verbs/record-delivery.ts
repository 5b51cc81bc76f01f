import type { FactsPort } from "@rampart/kernel";
import { failuresUntilBroken, giveUpBefore, planRetry } from "../core/plan-retry.ts";
import type { AlertsCtx, AlertStores, ChannelOutcome, ChannelState } from "../ports.ts";

/** How one try to send ended. `error` is null when all arrived. */
export type Attempt = Readonly<{ channelId: string; leaseId: string; ids: readonly string[]; error: string | null }>;

const errorLengthMax = 1_000;

/** Writes down how a try ended, and when the channel is due next. A run that lost its lease records nothing. */
export async function recordDelivery(ctx: AlertsCtx, attempt: Attempt): Promise<void> {
  ctx.require("alerts.write");
  // oxlint-disable-next-line rampart/write-verb-audits -- nobody changed anything; the delivery rows are the record
  await ctx.unit(async ({ facts, ...stores }) => {
    const channel = await stores.channels.lockLeased(attempt.channelId, attempt.leaseId);
    if (channel === null) return;
    const now = ctx.clock.now();
    const outcome =
      attempt.error === null
        ? await recordSent(stores, attempt, now)
        : await recordFailed(stores, channel, { ...attempt, error: attempt.error.slice(0, errorLengthMax) }, now);
    await tellWhenChanged(facts, attempt.channelId, channel, outcome);
    await stores.channels.release(attempt.channelId, outcome);
  });
}

async function recordSent(
  { deliveries }: AlertStores,
  { channelId, ids }: Attempt,
  now: Date,
): Promise<ChannelOutcome> {
  await deliveries.markSent(ids, now);
  return { wakeAt: await deliveries.nextDue(channelId), result: { kind: "sent", at: now } };
}

async function recordFailed(
  { deliveries }: AlertStores,
  channel: ChannelState,
  { channelId, ids, error }: Attempt & { error: string },
  now: Date,
): Promise<ChannelOutcome> {
  const failures = channel.failures + 1;
  const retryAt = new Date(now.getTime() + planRetry(failures));
  await deliveries.markFailed({ channelId, ids, error, giveUpBefore: giveUpBefore(now) });
  const waits = (await deliveries.nextDue(channelId)) !== null;
  return {
    wakeAt: waits ? retryAt : null,
    result: {
      kind: "failed",
      failures,
      failingSince: channel.failingSince ?? now,
      failingTold: channel.failingTold || failures >= failuresUntilBroken,
      error,
    },
  };
}

/** One fact when a channel turns out to be broken, one when it sends again. */
async function tellWhenChanged(
  facts: FactsPort,
  channelId: string,
  before: ChannelState,
  { result }: ChannelOutcome,
): Promise<void> {
  const { name } = before;
  if (result?.kind === "failed" && result.failingTold && !before.failingTold) {
    await facts.append({ type: "alerts.channel-failing", payload: { channelId, name, error: result.error } });
  }
  if (result?.kind === "sent" && before.failingTold) {
    await facts.append({ type: "alerts.channel-recovered", payload: { channelId, name } });
  }
}
