import { openDatabase } from "@rampart/database";
import { jobLedger } from "@rampart/database/unscoped";
import { openQueues } from "@rampart/queue";
import { loadInstallationKey } from "@rampart/secrets";
import { createLogger, runProcess } from "@rampart/telemetry";
import { readAlertingConfig } from "./config.ts";
import { startAlerting } from "./lane.ts";

const logger = createLogger({ process: "alerting" });

await runProcess(logger, async () => {
  const { databaseUrl, queue, keyFile, ...limits } = readAlertingConfig(process.env);
  const { sealer } = await loadInstallationKey(keyFile);
  const database = openDatabase({ url: databaseUrl });
  const queues = openQueues(queue);
  const lane = startAlerting({ database, sealer, queue, queues, ledger: jobLedger(database), logger, ...limits });
  return {
    async close() {
      await lane.close();
      await queues.close();
      await database.close();
    },
  };
});
