import { aggregate } from "../core/aggregate.ts";
import { routeFact as decideRoutes, type Routed } from "../core/route-fact.ts";
import { toAlert, type HeardFact } from "../core/to-alert.ts";
import type { RouteFact } from "../contract.ts";
import type { ActiveProfile, AlertsCtx, AlertStores, NewDelivery } from "../ports.ts";

/**
 * Turns a fact into deliveries, one per profile that asks for it. Hearing a fact again does nothing more. Returns the
 * channels that have something to send, for whoever wakes them.
 */
export async function routeFact(ctx: AlertsCtx, fact: RouteFact): Promise<readonly string[]> {
  ctx.require("alerts.write");
  // oxlint-disable-next-line rampart/write-verb-audits -- nobody changed anything; the delivery rows are the record
  return ctx.unit(async (stores) => {
    const now = ctx.clock.now();
    const heard = toAlert(fact, { declared: await stores.labels.list(), factId: ctx.ids.next(), now });
    if (!(await isNews(stores, heard)) || !(await stores.heard.add(heard, now))) return [];
    const routed = decideRoutes(heard, await stores.profiles.listActive());
    const deliveries: NewDelivery[] = [];
    for (const route of routed) deliveries.push(await toDelivery(ctx, stores, heard, route));
    await stores.deliveries.insert(deliveries);
    for (const { channelId, dueAt } of deliveries) await stores.channels.wake(channelId, dueAt);
    return [...new Set(deliveries.map(({ channelId }) => channelId))];
  });
}

/** Facts about a Defender carry no identity of their own: the same state told again is no news. */
async function isNews({ heard }: AlertStores, { alert, subject }: HeardFact): Promise<boolean> {
  if (alert.factType === "vulnerabilities.rule-violated") return true;
  return (await heard.lockLastType(subject)) !== alert.factType;
}

async function toDelivery(
  ctx: AlertsCtx,
  { profiles }: AlertStores,
  { alert }: HeardFact,
  route: Routed<ActiveProfile>,
): Promise<NewDelivery> {
  const { profile, because } = route;
  const now = ctx.clock.now();
  const periodMs = profile.periodSeconds * 1_000;
  const dueAt = periodMs === 0 ? now : aggregate({ periodMs, lastDueAt: await profiles.lockLastDue(profile.id) }, now);
  if (periodMs > 0) await profiles.setLastDue(profile.id, dueAt);
  return {
    id: ctx.ids.next(),
    channelId: profile.channelId,
    profileId: profile.id,
    profileName: profile.name,
    factId: alert.factId,
    because,
    dueAt,
    createdAt: now,
  };
}
