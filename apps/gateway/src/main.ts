import { openDatabase } from "@rampart/database";
import { loadInstallationKey } from "@rampart/secrets";
import { createLogger } from "@rampart/telemetry";
import { readGatewayConfig } from "./config.ts";
import { startGateway } from "./start-gateway.ts";

const logger = createLogger({ process: "gateway" });

try {
  const config = readGatewayConfig(process.env);
  const { sealer } = await loadInstallationKey(config.keyFile);
  const database = openDatabase({ url: config.databaseUrl });
  const gateway = await startGateway({ config, database, sealer, logger });

  let stopping = false;
  const stop = async (because: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    logger.info({ because }, "stopping");
    await gateway.close();
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
