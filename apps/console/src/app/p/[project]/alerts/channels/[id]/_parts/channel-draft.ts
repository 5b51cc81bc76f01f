import type { ChannelView, SaveChannel } from "@rampart/alerts/contract";

type Settings = ChannelView["settings"];
export type ChannelDraft = Readonly<{
  name: string;
  enabled: boolean;
  settings: Settings;
  clientKey: string;
  withDefaultProfile: boolean;
}>;

export const standardPorts: Readonly<Record<Settings["transport"], number>> = { udp: 514, tcp: 514, tls: 6514 };

export function toDraft(channel: ChannelView | null): ChannelDraft {
  if (channel !== null) {
    const { name, enabled, settings } = channel;
    return { name, enabled, settings, clientKey: "", withDefaultProfile: false };
  }
  return { name: "", enabled: true, settings: newSettings, clientKey: "", withDefaultProfile: true };
}

const newSettings: Settings = {
  kind: "syslog",
  host: "",
  port: standardPorts.tls,
  transport: "tls",
  facility: "local1",
  framing: "octet-counted",
  detail: "findings",
  identifier: "",
  confirmByClose: true,
  ca: "",
  serverName: "",
  clientCertificate: "",
};

/** Another transport takes its standard port, unless somebody chose a port of their own. */
export function withTransport(settings: Settings, transport: Settings["transport"]): Settings {
  const isStandard = settings.port === standardPorts[settings.transport];
  return { ...settings, transport, port: isStandard ? standardPorts[transport] : settings.port };
}

/** What is sent to be saved. A key that was not typed keeps the one that is stored. */
export function toSaved(draft: ChannelDraft, id: string | undefined): SaveChannel {
  const { clientKey, ...rest } = draft;
  return { ...rest, ...(id !== undefined && { id }), secrets: clientKey === "" ? {} : { clientKey } };
}
