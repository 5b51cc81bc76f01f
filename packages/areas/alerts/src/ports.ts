import type { Alert, ChannelSecrets, ChannelSettings, ChannelTest } from "./contract.ts";

/** Where a channel sends, with what it needs to be let in. */
export type ChannelTarget = Readonly<{ settings: ChannelSettings; secrets: ChannelSecrets }>;

/** The media that alerts leave by. */
export type ChannelsPort = Readonly<{
  /** Throws a Refusal that names what is wrong with settings that could never work, such as a damaged certificate. */
  check(target: ChannelTarget): void;
  /** Resolves once all alerts arrived, as far as the medium can tell; otherwise any of them may have to be sent again. */
  send(target: ChannelTarget, alerts: readonly Alert[]): Promise<void>;
  /** Sends one test alert at once and tells each step; failures are answers, not errors. */
  sendTest(target: ChannelTarget): Promise<ChannelTest>;
}>;
