import { openDatabase } from "@rampart/database";
import { jobLedger } from "@rampart/database/unscoped";
import { openQueues } from "@rampart/queue";
import { loadInstallationKey } from "@rampart/secrets";
import { createLogger } from "@rampart/telemetry";
import { readAlertingConfig } from "./config.ts";
import { startAlerting } from "./lane.ts";

const logger = createLogger({ process: "alerting" });

try {
  const { databaseUrl, queue, keyFile, ...limits } = readAlertingConfig(process.env);
  const { sealer } = await loadInstallationKey(keyFile);
  const database = openDatabase({ url: databaseUrl });
  const queues = openQueues(queue);
  const lane = startAlerting({ database, sealer, queue, queues, ledger: jobLedger(database), logger, ...limits });

  let stopping = false;
  const stop = async (because: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    logger.info({ because }, "stopping");
    await lane.close();
    await queues.close();
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
