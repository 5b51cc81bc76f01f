import { randomBytes } from "node:crypto";
import { sealerFromKey } from "@rampart/secrets";
import { createLogger } from "@rampart/telemetry";
import type { TestDatabase } from "@rampart/testing";
import { startGateway, type RunningGateway } from "../../apps/gateway/src/start-gateway.ts";

/** A gateway in this process, on a free port, over the suite's database. */
export function openGateway(db: TestDatabase, limits: Readonly<{ socketsMax?: number }> = {}): Promise<RunningGateway> {
  return startGateway({
    database: db.database,
    sealer: sealerFromKey(sealingKey),
    logger: createLogger({ process: "gateway", level: process.env["GATEWAY_LOG"] ?? "silent" }),
    config: {
      databaseUrl: db.url,
      keyFile: "",
      version: "0.1.0",
      listen: { host: "127.0.0.1", port: 0, names: ["localhost", "127.0.0.1"], socketsMax: limits.socketsMax ?? 100 },
    },
  });
}

const sealingKey = randomBytes(32);
