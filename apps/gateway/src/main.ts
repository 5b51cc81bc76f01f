import { openDatabase } from "@rampart/database";
import { loadInstallationKey } from "@rampart/secrets";
import { createLogger, runProcess } from "@rampart/telemetry";
import { readGatewayConfig } from "./config.ts";
import { startGateway } from "./start-gateway.ts";

const logger = createLogger({ process: "gateway" });

await runProcess(logger, async () => {
  const config = readGatewayConfig(process.env);
  const { sealer } = await loadInstallationKey(config.keyFile);
  const database = openDatabase({ url: config.databaseUrl });
  const gateway = await startGateway({ config, database, sealer, logger });
  return {
    async close() {
      await gateway.close();
      await database.close();
    },
  };
});
