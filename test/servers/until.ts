import { setTimeout as pause } from "node:timers/promises";

const pauseMs = 20;

/**
 * Asks until the answer is something other than `undefined`, `null` or `false`. An error counts as "not yet"; the last
 * one is part of the message when time is up. For the readiness of other programs, which offer nothing to wait for.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  deadlineMs = 10_000,
): Promise<T> {
  const end = performance.now() + deadlineMs;
  let lastError: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== null && answer !== false) return answer;
    } catch (error) {
      lastError = error;
    }
    if (performance.now() > end) {
      throw new Error(`${what}: not within ${deadlineMs} ms`, { cause: lastError });
    }
    await pause(pauseMs);
  }
}
