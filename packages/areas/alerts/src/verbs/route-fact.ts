import { aggregate } from "../core/aggregate.ts";
import { routeFact as decideRoutes, type Routed } from "../core/route-fact.ts";
import { toAlerts, type HeardFact } from "../core/to-alert.ts";
import type { RouteFact } from "../contract.ts";
import type { ActiveProfile, AlertsCtx, AlertStores, NewDelivery } from "../ports.ts";

/**
 * Turns a fact into deliveries, one per alert and profile that asks for it. Hearing a fact again does nothing more.
 * Returns the channels that have something to send, for whoever wakes them.
 */
export async function routeFact(ctx: AlertsCtx, fact: RouteFact): Promise<readonly string[]> {
  ctx.require("alerts.write");
  // oxlint-disable-next-line rampart/write-verb-audits -- nobody changed anything; the delivery rows are the record
  return ctx.unit(async (stores) => {
    const now = ctx.clock.now();
    const heard = toAlerts(fact, { declared: await stores.labels.list(), factId: ctx.ids.next(), now });
    const fresh = await stores.heard.add(await newsOf(stores, fact, heard), now);
    const profiles = await stores.profiles.listActive();
    const routed = heard
      .filter(({ alert }) => fresh.has(alert.factId))
      .flatMap((one) => decideRoutes(one, profiles).map((route) => ({ ...route, factId: one.alert.factId })));
    const deliveries = await planDeliveries(ctx, stores, routed);
    await stores.deliveries.insert(deliveries);
    const wakes = Map.groupBy(deliveries, ({ channelId }) => channelId);
    for (const [channelId, due] of wakes) {
      await stores.channels.wake(channelId, new Date(Math.min(...due.map(({ dueAt }) => dueAt.getTime()))));
    }
    return [...wakes.keys()];
  });
}

/** Facts about a Defender carry no identity of their own: the same state told again is no news. */
async function newsOf(
  { heard }: AlertStores,
  fact: RouteFact,
  alerts: readonly HeardFact[],
): Promise<readonly HeardFact[]> {
  if (fact.type === "vulnerabilities.rules-violated") return alerts;
  const news: HeardFact[] = [];
  for (const one of alerts) if ((await heard.lockLastType(one.subject)) !== one.alert.factType) news.push(one);
  return news;
}

type RoutedAlert = Routed<ActiveProfile> & Readonly<{ factId: string }>;

async function planDeliveries(
  ctx: AlertsCtx,
  { profiles }: AlertStores,
  routed: readonly RoutedAlert[],
): Promise<readonly NewDelivery[]> {
  const createdAt = ctx.clock.now();
  const lastDue = new Map<string, Date | null>();
  const deliveries: NewDelivery[] = [];
  for (const { profile, because, factId } of routed) {
    const { id: profileId, name: profileName, channelId } = profile;
    const periodMs = profile.periodSeconds * 1_000;
    if (periodMs > 0 && !lastDue.has(profileId)) lastDue.set(profileId, await profiles.lockLastDue(profileId));
    const dueAt = aggregate({ periodMs, lastDueAt: lastDue.get(profileId) ?? null }, createdAt);
    if (periodMs > 0) lastDue.set(profileId, dueAt);
    deliveries.push({ id: ctx.ids.next(), channelId, profileId, profileName, factId, because, dueAt, createdAt });
  }
  for (const [id, dueAt] of lastDue) if (dueAt !== null) await profiles.setLastDue(id, dueAt);
  return deliveries;
}
