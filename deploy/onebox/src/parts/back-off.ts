export const backOffMs = { first: 1_000, most: 30_000 } as const;
/** A part that ran this long was well; its next failure counts as the first again. */
export const wellAfterMs = 60_000;

/** How long to wait before the next start of a part that keeps ending: 1 s, 2 s, 4 s … 30 s. */
export function restartDelayMs(failuresInARow: number): number {
  return Math.min(backOffMs.first * 2 ** Math.max(0, failuresInARow - 1), backOffMs.most);
}

/** Failures in a row after one more end of the part. */
export function countFailure(failuresBefore: number, ranMs: number): number {
  return ranMs >= wellAfterMs ? 1 : failuresBefore + 1;
}
