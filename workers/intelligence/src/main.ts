import { openDatabase } from "@rampart/database";
import { jobLedger } from "@rampart/database/unscoped";
import { loadInstallationKey } from "@rampart/secrets";
import { createLogger, runProcess } from "@rampart/telemetry";
import { readIntelligenceConfig } from "./config.ts";
import { startIntelligence } from "./lane.ts";

const logger = createLogger({ process: "intelligence" });

await runProcess(logger, async () => {
  const { databaseUrl, queue, keyFile, ...feeds } = readIntelligenceConfig(process.env);
  const { sealer } = await loadInstallationKey(keyFile);
  const database = openDatabase({ url: databaseUrl });
  const lane = startIntelligence({ database, sealer, queue, ledger: jobLedger(database), logger, ...feeds });
  return {
    async close() {
      await lane.close();
      await database.close();
    },
  };
});
