import { Refusal } from "@rampart/kernel";
import { SaveChannel, SaveProfile, SyslogSettings, type ChannelView, type ProfileView } from "../../contract.ts";
import { readDestination } from "../../core/read-destination.ts";
import type { AlertsCtx } from "../../ports.ts";
import { listChannels } from "../../verbs/list-channels.ts";
import { listProfiles } from "../../verbs/list-profiles.ts";
import { saveChannel } from "../../verbs/save-channel.ts";
import { saveProfile } from "../../verbs/save-profile.ts";
import { readTriggers, type ReferenceProfile, type SyslogBlock } from "./reference-profile.ts";

/** Makes or changes a profile by name. In the reference API a profile holds its channel, so both are saved. */
export async function saveReferenceProfile(ctx: AlertsCtx, asked: ReferenceProfile): Promise<void> {
  const existing = (await listProfiles(ctx)).find(({ name }) => name === asked.name);
  const triggers = readTriggers(asked.policy);
  const channelId = await saveItsChannel(ctx, asked, existing);
  const { name, notes, disabled } = asked;
  await saveProfile(ctx, SaveProfile.parse({ ...existing, name, notes, enabled: !disabled, channelId, ...triggers }));
}

async function saveItsChannel(
  ctx: AlertsCtx,
  { name, syslog }: ReferenceProfile,
  existing: ProfileView | undefined,
): Promise<string> {
  if (syslog === undefined) {
    if (existing !== undefined) return existing.channelId;
    throw new Refusal(
      "invalid",
      "alerts.profile.no-channel",
      'This version sends by syslog: give the profile a block such as "syslog": {"addr": "tcp://siem.example.com:514"}.',
    );
  }
  const held = (await listChannels(ctx)).find((channel) =>
    existing ? channel.id === existing.channelId : channel.name === name,
  );
  return (await saveSyslogChannel(ctx, held, { name, syslog })).id;
}

/** Saves a channel from a block of the reference API; settings that it does not know keep their values. */
export async function saveSyslogChannel(
  ctx: AlertsCtx,
  held: ChannelView | undefined,
  asked: { name: string; syslog: SyslogBlock },
): Promise<ChannelView> {
  const settings = toSettings(asked.syslog, held);
  const channel = { id: held?.id, name: held?.name ?? asked.name, enabled: asked.syslog.enabled, settings };
  return saveChannel(ctx, SaveChannel.parse({ ...channel, withDefaultProfile: false }));
}

export function toSettings(
  { addr, cert, id, verboseScan }: SyslogBlock,
  held: ChannelView | undefined,
): SyslogSettings {
  const destination = readDestination(addr);
  if (destination === null) {
    throw new Refusal(
      "invalid",
      "alerts.channel.address",
      `"${addr}" is no syslog address; write it as tcp://host:514, udp://host:514 or tls://host:6514.`,
    );
  }
  const detail = verboseScan ? "findings" : "summary";
  return SyslogSettings.parse({ ...held?.settings, kind: "syslog", ...destination, ca: cert, identifier: id, detail });
}
