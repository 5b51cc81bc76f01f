import { setTimeout as pause } from "node:timers/promises";

const pauseMs = 250;

/** Like `until`, for answers that take a while: asks four times a second, so that the asking takes no time from the work. */
export async function patiently<T>(
  what: string,
  ask: () => Promise<T | null | false | undefined>,
  deadlineMs: number,
): Promise<T> {
  const end = performance.now() + deadlineMs;
  for (let last: unknown; ; await pause(pauseMs)) {
    try {
      const answer = await ask();
      if (answer !== null && answer !== false && answer !== undefined) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) throw new Error(`${what}: not within ${deadlineMs} ms (${String(last)})`);
  }
}
