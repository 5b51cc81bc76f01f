import { z } from "zod";

export const channelsMax = 100;
export const pemMax = 64 * 1024;

export const syslogTransports = ["udp", "tcp", "tls"] as const;
export const SyslogTransport = z.enum(syslogTransports);
export type SyslogTransport = z.infer<typeof SyslogTransport>;

/** RFC 5424, table 1. `local1` is what SIEM rules for this kind of product already filter on. */
export const syslogFacilities = [
  "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "ntp", "audit",
  "alert", "clock", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
] as const; // prettier-ignore
export const SyslogFacility = z.enum(syslogFacilities);
export type SyslogFacility = z.infer<typeof SyslogFacility>;

/** Smallest size every receiver takes, and the largest that UDP or rsyslog's usual settings carry (RFC 5426, 3.2). */
export const syslogMessageBytes = { min: 480, max: 65_000, udpDefault: 2_048, streamDefault: 8_192 } as const;
export const syslogPorts = { udp: 514, tcp: 514, tls: 6514 } as const;

const Pem = z.string().max(pemMax);
const Host = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[A-Za-z0-9_.:-]+$/, "must be a host name or an IP address, without a port");

/**
 * A syslog receiver. The destination may be any address the Console can reach, also an internal one: receivers are
 * usually internal, and only people with `alerts.write` name them.
 */
export const SyslogSettings = z.object({
  kind: z.literal("syslog"),
  host: Host,
  port: z.int().min(1).max(65_535),
  transport: SyslogTransport,
  facility: SyslogFacility.default("local1"),
  /** How messages are told apart on a stream: by their length (RFC 6587, 3.4.1) or by a line feed (3.4.2). */
  framing: z.enum(["octet-counted", "line-feed"]).default("octet-counted"),
  /** `findings` sends one message per finding beside the summary; `summary` only that. */
  detail: z.enum(["summary", "findings"]).default("findings"),
  /** Longer messages are shortened and say so. Default: 2,048 bytes for UDP, 8,192 for TCP and TLS. */
  messageBytesMax: z.int().min(syslogMessageBytes.min).max(syslogMessageBytes.max).optional(),
  /** Added as `id="…"` to every message, to tell several installations apart. */
  identifier: z.string().max(128).default(""),
  /**
   * TCP does not say what the receiver has read. When true, a delivery counts as sent once the receiver has closed its
   * side in good order after ours; switch it off for receivers that keep half-closed connections open.
   */
  confirmByClose: z.boolean().default(true),
  /** PEM of the authority that signed the receiver's certificate; the system's authorities if empty. TLS only. */
  ca: Pem.default(""),
  /** Name the receiver's certificate must carry; the host if empty. TLS only. */
  serverName: z.string().max(253).default(""),
  /** PEM of our certificate, for receivers that ask for one. TLS only; its key is a secret. */
  clientCertificate: Pem.default(""),
});
export type SyslogSettings = z.infer<typeof SyslogSettings>;

/** Settings of a channel by kind. A new kind is a variant here, a file in `rim/channels` and a line in its registry. */
export const ChannelSettings = z.discriminatedUnion("kind", [SyslogSettings]);
export type ChannelSettings = z.infer<typeof ChannelSettings>;
export type ChannelKind = ChannelSettings["kind"];

/** What is stored sealed and never leaves again. Absent keeps what is stored, an empty text removes it. */
export const ChannelSecrets = z.object({ clientKey: Pem.optional() });
export type ChannelSecrets = z.infer<typeof ChannelSecrets>;
export const secretNames = ["clientKey"] as const;

const ChannelName = z.string().trim().min(1).max(128);

export const SaveChannel = z.object({
  /** Absent makes a new channel. */
  id: z.uuid().optional(),
  name: ChannelName,
  enabled: z.boolean().default(true),
  settings: ChannelSettings,
  secrets: ChannelSecrets.default({}),
  /** For a new channel: also make the profile `All alerts` that sends every vulnerability alert to it. */
  withDefaultProfile: z.boolean().default(true),
});
export type SaveChannel = z.infer<typeof SaveChannel>;

export const channelStates = ["off", "idle", "waiting", "failing"] as const;

export const ChannelView = z.object({
  id: z.uuid(),
  name: z.string(),
  enabled: z.boolean(),
  settings: ChannelSettings,
  /** Names of the secrets that are stored. */
  secretsStored: z.array(z.enum(secretNames)).max(secretNames.length),
  /** One line that names the destination, such as `tls://siem.example.com:6514`. */
  destination: z.string(),
  state: z.enum(channelStates),
  failingSince: z.iso.datetime().nullable(),
  /** Tries since the last success. */
  failures: z.int().nonnegative(),
  lastError: z.string().nullable(),
  lastSentAt: z.iso.datetime().nullable(),
  nextAttemptAt: z.iso.datetime().nullable(),
  /** Deliveries that wait, and those that were given up. */
  waiting: z.int().nonnegative(),
  givenUp: z.int().nonnegative(),
  profiles: z.array(z.string()).max(1_000),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type ChannelView = z.infer<typeof ChannelView>;

export const ChannelRef = z.object({ id: z.uuid() });
export type ChannelRef = z.infer<typeof ChannelRef>;

/** `withProfiles` also removes the profiles that send to it; without, a channel in use is not removed. */
export const RemoveChannel = ChannelRef.extend({ withProfiles: z.boolean().default(false) });
export type RemoveChannel = z.infer<typeof RemoveChannel>;

/** Sends one test message at once. With `id`, secrets that are not given again are taken from the stored channel. */
export const TestChannel = z.object({
  id: z.uuid().optional(),
  settings: ChannelSettings,
  secrets: ChannelSecrets.default({}),
});
export type TestChannel = z.infer<typeof TestChannel>;

/** One step of a test and what the other side answered. The first that fails is the last. */
export const TestStep = z.object({
  step: z.string().max(64),
  ok: z.boolean(),
  answer: z.string().max(1_024),
  ms: z.number().nonnegative(),
});
export type TestStep = z.infer<typeof TestStep>;

export const ChannelTest = z.object({
  ok: z.boolean(),
  steps: z.array(TestStep).max(16),
  /** The message as it went out, for comparison with what the receiver shows. */
  message: z.string().max(70_000).nullable(),
});
export type ChannelTest = z.infer<typeof ChannelTest>;
