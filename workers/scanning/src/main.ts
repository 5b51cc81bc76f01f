import { openDatabase } from "@rampart/database";
import { jobLedger } from "@rampart/database/unscoped";
import { createLogger, runProcess } from "@rampart/telemetry";
import { readScanningConfig } from "./config.ts";
import { startScanning } from "./lane.ts";

const logger = createLogger({ process: "scanning" });

await runProcess(logger, async () => {
  const { databaseUrl, queue, ...limits } = readScanningConfig(process.env);
  const database = openDatabase({ url: databaseUrl });
  const lane = startScanning({ database, queue, ledger: jobLedger(database), logger, ...limits });
  return {
    async close() {
      await lane.close();
      await database.close();
    },
  };
});
