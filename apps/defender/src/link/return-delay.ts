import { closeCodes } from "@rampart/protocol";

const firstDelayMs = 500;
const delayMaxMs = 60_000;
/** A gateway that says that this host is unknown is asked again this seldom: only a person can change its mind. */
const hopelessDelayMs = 5 * 60_000;
/** A connection that held this long starts the delays from the front. */
export const steadyAfterMs = 60_000;

const hopeless: ReadonlySet<number> = new Set([
  closeCodes.notEnrolled,
  closeCodes.versionRefused,
  closeCodes.superseded,
]);

export type LostLane = Readonly<{
  /** Attempts in a row that did not last. */
  failures: number;
  /** Close code, or 0 when there was no connection. */
  code: number;
  /** What the gateway asked for, if it did. */
  returnAfterMs: number | null;
}>;

/**
 * How long to wait before the next attempt. The wait grows with each failure and is spread by half, so that ten thousand
 * hosts that lost the same gateway do not come back in the same second. `random` is from 0 to 1.
 */
export function returnDelayMs({ failures, code, returnAfterMs }: LostLane, random: number): number {
  if (returnAfterMs !== null) return returnAfterMs;
  const longest = hopeless.has(code)
    ? hopelessDelayMs
    : Math.min(firstDelayMs * 2 ** Math.min(failures, 16), delayMaxMs);
  return Math.round(longest * (0.5 + random / 2));
}
