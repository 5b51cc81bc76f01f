/**
 * Why a gateway ends a socket. 1012 is the registered "service restart"; 4000-4999 are free for applications. Before
 * the upgrade it says the same by HTTP, with a `GatewayProblem` as body: 401 for `notEnrolled`, 503 with Retry-After in
 * seconds for `returnLater` and `full`, 400 when the subprotocol is missing.
 */
export const closeCodes = {
  /** The gateway stops or rebalances: come back after the delay. */
  returnLater: 1012,
  /** A frame could not be read. The socket is of no more use; what was not acknowledged is sent again. */
  badFrame: 4400,
  /** The certificate is unknown, expired, revoked or of a retired Defender: enrol again; retrying is pointless. */
  notEnrolled: 4401,
  /** Nothing was heard for too long. */
  silent: 4408,
  /** A newer socket of the same Defender took this lane over. */
  superseded: 4409,
  /** The two sides have no protocol version in common. */
  versionRefused: 4426,
  /** The gateway holds as many sockets as it may: come back after the delay. */
  full: 4429,
} as const;
export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes];

/** Longest delay that a Defender obeys; a larger number in a close frame is cut to it. */
export const returnDelayMaxMs = 10 * 60_000;

export type CloseReason = Readonly<{ returnAfterMs: number | null; text: string }>;

/** RFC 6455 leaves 123 bytes for a reason. */
const reasonBytesMax = 123;

/** Writes the reason of a close frame: `1500 text` asks to return after 1.5 seconds, `- text` leaves it to the Defender. */
export function toCloseReason({ returnAfterMs, text }: CloseReason): string {
  const prefix = returnAfterMs === null ? "-" : String(Math.round(returnAfterMs));
  const ascii = text.replaceAll(/[^\x20-\x7e]/g, "?");
  return `${prefix} ${ascii}`.slice(0, reasonBytesMax);
}

/** Reads the reason of a close frame; whatever it cannot read counts as text. */
export function readCloseReason(reason: string): CloseReason {
  const found = /^(?<delay>-|\d{1,9}) (?<text>.*)$/s.exec(reason)?.groups;
  if (found === undefined) return { returnAfterMs: null, text: reason };
  const { delay = "-", text = "" } = found;
  return { returnAfterMs: delay === "-" ? null : Math.min(Number(delay), returnDelayMaxMs), text };
}
