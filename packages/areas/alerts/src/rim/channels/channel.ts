import type { Alert, ChannelKind, ChannelSecrets, ChannelSettings, ChannelTest } from "../../contract.ts";
import type { SyslogSender } from "../../core/syslog/compose-messages.ts";

/** Settings of one kind together with the opened secrets. */
export type Parsed<Settings> = Readonly<{ settings: Settings; secrets: ChannelSecrets }>;

/** What every channel file offers; the registry is the list of them. */
export type Channel<Kind extends ChannelKind> = Readonly<{
  /** Throws a Refusal when the settings could never work. */
  parseSettings(
    parsed: Parsed<Extract<ChannelSettings, { kind: Kind }>>,
  ): Parsed<Extract<ChannelSettings, { kind: Kind }>>;
  /** Resolves once all alerts arrived, as far as the medium can tell. Throws an Outage otherwise. */
  send(
    parsed: Parsed<Extract<ChannelSettings, { kind: Kind }>>,
    alerts: readonly Alert[],
    sender: SyslogSender,
  ): Promise<void>;
  sendTest(parsed: Parsed<Extract<ChannelSettings, { kind: Kind }>>, sender: SyslogSender): Promise<ChannelTest>;
}>;
