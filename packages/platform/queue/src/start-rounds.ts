import { Outage } from "@rampart/kernel";
import type { Logger, Running } from "@rampart/telemetry";

export type Rounds = Running &
  Readonly<{
    /** Asks for a round soon; asking during a round asks for one more after it. */
    wake(): void;
  }>;

type RoundSettings = Readonly<{
  name: string;
  /** Longest pause between two rounds. */
  everyMs: number;
  /** Pause after a round that failed; `everyMs` when absent. */
  retryMs?: number;
  logger: Logger;
  work(): Promise<unknown>;
}>;

/** Runs `work` at once, when woken and at least every `everyMs`, never twice at once. A failure is logged and tried again. */
export function startRounds({ name, everyMs, retryMs = everyMs, logger, work }: RoundSettings): Rounds {
  let woken = true;
  let closed = false;
  let ring = () => {};

  async function run(): Promise<void> {
    let pauseMs = everyMs;
    while (!closed) {
      if (!woken) await bell(pauseMs);
      if (closed) return;
      woken = false;
      pauseMs = await round();
    }
  }

  async function round(): Promise<number> {
    try {
      await work();
      return everyMs;
    } catch (error) {
      logger[error instanceof Outage ? "warn" : "error"]({ round: name, err: error }, "round failed; trying again");
      return retryMs;
    }
  }

  function bell(pauseMs: number): Promise<void> {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs);
      ring = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  const running = run();
  return {
    wake() {
      woken = true;
      ring();
    },
    async close() {
      closed = true;
      ring();
      await running;
    },
  };
}
