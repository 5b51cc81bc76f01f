import { messageOf } from "@rampart/kernel";
import type { Logger } from "pino";

/** Something that runs until it is closed; closing waits for work that has begun. */
export type Running = Readonly<{ close(): Promise<void> }>;

/**
 * Runs a worker process: starts it, tells the supervisor that it is ready, and closes it cleanly when the process is
 * asked to end or the supervisor is gone. A failed start ends the process with code 1 and its reason in the log.
 */
export async function runProcess(logger: Logger, start: () => Promise<Running>): Promise<void> {
  try {
    const running = await start();
    let stopping = false;
    const stop = async (because: string): Promise<void> => {
      if (stopping) return;
      stopping = true;
      logger.info({ because }, "stopping");
      await running.close();
      process.exit(0);
    };
    process.on("SIGTERM", () => void stop("SIGTERM"));
    process.on("SIGINT", () => void stop("SIGINT"));
    // Nobody would restart or stop this process any more.
    process.on("disconnect", () => void stop("the supervisor ended"));
    process.send?.({ type: "ready" });
  } catch (error) {
    logger.fatal({ err: error }, messageOf(error));
    process.exitCode = 1;
  }
}
