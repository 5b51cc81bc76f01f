import { openDatabase } from "@rampart/database";
import { jobLedger } from "@rampart/database/unscoped";
import { createLogger } from "@rampart/telemetry";
import { readScanningConfig } from "./config.ts";
import { startScanning } from "./lane.ts";

const logger = createLogger({ process: "scanning" });

try {
  const { databaseUrl, queue, ...limits } = readScanningConfig(process.env);
  const database = openDatabase({ url: databaseUrl });
  const lane = startScanning({ database, queue, ledger: jobLedger(database), logger, ...limits });

  let stopping = false;
  const stop = async (because: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    logger.info({ because }, "stopping");
    await lane.close();
    await database.close();
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop("SIGTERM"));
  process.on("SIGINT", () => void stop("SIGINT"));
  // The supervisor is gone: nobody would restart or stop this process any more.
  process.on("disconnect", () => void stop("the supervisor ended"));
  process.send?.({ type: "ready" });
} catch (error) {
  logger.fatal({ err: error }, error instanceof Error ? error.message : "cannot start");
  process.exitCode = 1;
}
