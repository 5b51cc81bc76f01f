import { Outage } from "@rampart/kernel";
import type { Logger } from "@rampart/telemetry";

export type Rounds = Readonly<{
  /** Asks for a round soon; asking during a round asks for one more after it. */
  wake(): void;
  /** Resolves when no round runs any more. */
  close(): Promise<void>;
}>;

/** Runs `work` when woken and at least every `everyMs`, never twice at once. Failures are logged and tried again. */
export function startRounds(settings: {
  name: string;
  everyMs: number;
  logger: Logger;
  work: () => Promise<unknown>;
}): Rounds {
  const { name, everyMs, logger, work } = settings;
  let woken = true;
  let closed = false;
  let ring = () => {};

  async function run(): Promise<void> {
    while (!closed) {
      if (!woken) await bell();
      if (closed) return;
      woken = false;
      try {
        await work();
      } catch (error) {
        logger[error instanceof Outage ? "warn" : "error"]({ round: name, err: error }, "round failed; trying again");
      }
    }
  }

  function bell(): Promise<void> {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, everyMs);
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
