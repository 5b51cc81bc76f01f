import { openDatabase } from "@rampart/database";
import { openQueues } from "@rampart/queue";
import { createLogger, runProcess } from "@rampart/telemetry";
import { readRelayConfig } from "./config.ts";
import { startRelay } from "./lane.ts";

const logger = createLogger({ process: "relay" });

await runProcess(logger, async () => {
  const config = readRelayConfig();
  const database = openDatabase({ url: config.databaseUrl });
  const queues = openQueues(config.queue);
  const relay = await startRelay({ database, queues, logger });
  return {
    async close() {
      await relay.close();
      await queues.close();
      await database.close();
    },
  };
});
