import { openDatabase } from "@rampart/database";
import { loadInstallationKey } from "@rampart/secrets";
import { createLogger, runProcess } from "@rampart/telemetry";
import { readUpkeepConfig } from "./config.ts";
import { startUpkeep } from "./lane.ts";

const logger = createLogger({ process: "upkeep" });

await runProcess(logger, async () => {
  const { databaseUrl, keyFile } = readUpkeepConfig(process.env);
  const { sealer } = await loadInstallationKey(keyFile);
  const database = openDatabase({ url: databaseUrl });
  const lane = startUpkeep({ database, sealer, logger });
  return {
    async close() {
      await lane.close();
      await database.close();
    },
  };
});
