import { Outage } from "@rampart/kernel";
import type { Running } from "@rampart/queue";
import type { Logger } from "@rampart/telemetry";

type Round = Readonly<{ name: string; everyMs: number; work(): Promise<unknown>; logger: Logger }>;

/** Does `work` now and then again, `everyMs` after it has ended: never twice at once. A failure waits for the next time. */
export function startRound({ name, everyMs, work, logger }: Round): Running {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let running: Promise<void> = Promise.resolve();

  async function round(): Promise<void> {
    try {
      await work();
    } catch (error) {
      logger[error instanceof Outage ? "warn" : "error"]({ round: name, err: error }, "upkeep failed; trying again");
    }
    if (!closed) timer = setTimeout(begin, everyMs);
  }

  function begin(): void {
    running = round();
  }

  begin();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
