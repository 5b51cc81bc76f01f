export const retryFirstMs = 1_000;
export const retryLongestMs = 3_600_000;
/** A delivery that could not be made for this long waits for a person. */
const giveUpAfterMs = 24 * 3_600_000;
/** Failures in a row after which a channel counts as broken: a receiver that restarts is back by then. */
export const failuresUntilBroken = 3;

/** Time until the next try after `failures` failures in a row: 1 s, doubling, at most an hour. */
export function planRetry(failures: number): number {
  return Math.min(retryFirstMs * 2 ** Math.min(Math.max(failures, 1) - 1, 30), retryLongestMs);
}

/** A delivery that fails at `now` is given up when it was first due at this time or before. */
export function giveUpBefore(now: Date): Date {
  return new Date(now.getTime() - giveUpAfterMs);
}
