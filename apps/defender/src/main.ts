import { messageOf, Refusal } from "@rampart/kernel";
import { readDefenderConfig } from "./config.ts";
import { openLog } from "./log.ts";
import { runDefender } from "./start-defender.ts";

const refusedExit = 2;
/** Whatever has not ended by then is not waited for. */
const stopMs = 1_500;

async function main(): Promise<void> {
  const stopping = new AbortController();
  let log = openLog("info");
  const stop = (because: string): void => {
    if (stopping.signal.aborted) return;
    log.info({ because }, "stopping");
    stopping.abort();
    setTimeout(() => process.exit(0), stopMs).unref();
  };
  process.on("SIGTERM", () => stop("SIGTERM"));
  process.on("SIGINT", () => stop("SIGINT"));
  // Under a supervisor that is gone, nobody would restart or stop this process any more.
  process.on("disconnect", () => stop("the supervisor ended"));
  try {
    const config = readDefenderConfig(process.env);
    log = openLog(config.logLevel);
    await runDefender(config, log, stopping.signal);
    process.exit(0);
  } catch (error) {
    if (stopping.signal.aborted) process.exit(0);
    log.error({ error }, messageOf(error));
    process.exit(error instanceof Refusal ? refusedExit : 1);
  }
}

void main();
