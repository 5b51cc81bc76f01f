import { openDatabase } from "@rampart/database";
import { runProcess } from "@rampart/queue";
import { createLogger } from "@rampart/telemetry";
import { readUpkeepConfig } from "./config.ts";
import { startUpkeep } from "./lane.ts";

const logger = createLogger({ process: "upkeep" });

await runProcess(logger, async () => {
  const database = openDatabase({ url: readUpkeepConfig(process.env).databaseUrl });
  const lane = startUpkeep({ database, logger });
  return {
    async close() {
      await lane.close();
      await database.close();
    },
  };
});
