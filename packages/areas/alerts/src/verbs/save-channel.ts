import { invariant, Refusal } from "@rampart/kernel";
import {
  alertFactTypes,
  channelsMax,
  defaultProfileName,
  SaveProfile,
  type ChannelSecrets,
  type ChannelView,
  type SaveChannel,
} from "../contract.ts";
import type { AlertsCtx, AlertStores, NewChannel } from "../ports.ts";
import { channelNotFound } from "./get-channel.ts";

/** Makes or changes a channel. Secrets that are not given again stay as they are. */
export async function saveChannel(ctx: AlertsCtx, asked: SaveChannel): Promise<ChannelView> {
  ctx.require("alerts.write");
  return ctx.unit(async ({ audit, ...stores }) => {
    const { channels } = stores;
    const before = asked.id === undefined ? null : await channels.find(asked.id);
    if (asked.id !== undefined && before === null) throw channelNotFound();
    await refuseTakenName(stores, asked);
    const target = {
      settings: asked.settings,
      secrets: mergeSecrets(before && (await channels.readSecrets(before.id)), asked.secrets),
    };
    ctx.media.check(target);
    const channel: NewChannel = {
      id: before?.id ?? ctx.ids.next(),
      name: asked.name,
      enabled: asked.enabled,
      target,
      at: ctx.clock.now(),
    };
    if (before === null) await insertChannel(ctx, stores, channel, asked.withDefaultProfile);
    else await channels.update(channel);
    const after = await channels.find(channel.id);
    invariant(after !== null, "a saved channel is found");
    await audit.record(before === null ? "alerts.channel.created" : "alerts.channel.updated", {
      subject: after.name,
      ...(before !== null && { before: forAudit(before) }),
      after: forAudit(after),
    });
    return after;
  });
}

async function refuseTakenName({ channels }: AlertStores, { id, name }: SaveChannel): Promise<void> {
  const namesake = await channels.findByName(name);
  if (namesake === null || namesake.id === id) return;
  throw new Refusal(
    "conflict",
    "alerts.channel.name-taken",
    `There is already a channel named "${name}"; choose another name.`,
  );
}

async function insertChannel(
  ctx: AlertsCtx,
  stores: AlertStores,
  channel: NewChannel,
  withProfile: boolean,
): Promise<void> {
  if ((await stores.channels.count()) >= channelsMax) {
    throw new Refusal(
      "limit",
      "alerts.channel.too-many",
      `A project has at most ${channelsMax} channels; remove one first.`,
    );
  }
  await stores.channels.insert(channel);
  if (!withProfile) return;
  const taken = await stores.profiles.findByName(defaultProfileName);
  const profile = SaveProfile.parse({
    name: taken === null ? defaultProfileName : `${defaultProfileName} to ${channel.name}`.slice(0, 128),
    notes: "Made with the channel; change or remove it as you like.",
    channelId: channel.id,
    factTypes: alertFactTypes,
  });
  if (taken !== null && (await stores.profiles.findByName(profile.name)) !== null) return;
  await stores.profiles.insert({ ...profile, id: ctx.ids.next() }, channel.at);
}

function mergeSecrets(stored: ChannelSecrets | null, given: ChannelSecrets): ChannelSecrets {
  return { ...stored, ...given };
}

/** What people own of a channel, without what it does at the moment. */
export function forAudit({ name, enabled, settings, secretsStored }: ChannelView) {
  return { name, enabled, settings, secretsStored };
}
