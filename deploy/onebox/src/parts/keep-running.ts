import { countFailure, restartDelayMs } from "./back-off.ts";
import type { Part } from "./part.ts";
import { spawnPart, type RunningPart } from "./spawn-part.ts";

export type PartEvents = Readonly<{
  onLine(part: string, line: string): void;
  onEnd(part: string, how: string, restartInMs: number): void;
}>;

/** A part that is started again whenever it ends, until it is stopped. */
export type KeptPart = Readonly<{
  name: string;
  /** Settles at the first time that the part is ready. */
  ready: Promise<void>;
  pid(): number | null;
  /** Ends it, so that it starts again at once; for what is only read at a start. */
  restart(deadlineMs: number): Promise<void>;
  stop(deadlineMs: number): Promise<void>;
}>;

export function keepRunning(part: Part, events: PartEvents): KeptPart {
  const firstReady = Promise.withResolvers<void>();
  let running: RunningPart | null = null;
  let stopping = false;
  let waiting: NodeJS.Timeout | undefined;
  let failures = 0;
  let restarting = false;

  function start(): void {
    const startedAt = performance.now();
    const now = spawnPart(part, (line) => events.onLine(part.name, line));
    running = now;
    void now.ready.then(firstReady.resolve);
    void now.ended.then((how) => {
      running = null;
      if (stopping) return;
      if (restarting) {
        restarting = false;
        start();
        return;
      }
      failures = countFailure(failures, performance.now() - startedAt);
      const delayMs = restartDelayMs(failures);
      events.onEnd(part.name, how, delayMs);
      waiting = setTimeout(start, delayMs);
    });
  }

  start();
  return {
    name: part.name,
    ready: firstReady.promise,
    pid: () => running?.pid ?? null,
    async restart(deadlineMs) {
      restarting = running !== null;
      await running?.stop(deadlineMs);
    },
    async stop(deadlineMs) {
      stopping = true;
      clearTimeout(waiting);
      await running?.stop(deadlineMs);
    },
  };
}
