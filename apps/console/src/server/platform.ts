import { openDatabase } from "@rampart/database";
import type { RpcPlatform } from "@rampart/rpc";
import { loadInstallationKey } from "@rampart/secrets";
import { createLogger } from "@rampart/telemetry";
import { readConsoleConfig, type ConsoleConfig } from "./config.ts";

export type ConsolePlatform = Readonly<{
  config: ConsoleConfig;
  rpc: RpcPlatform;
  /** Keys derived from the installation's key, one per purpose. */
  keys: Readonly<{ apiToken: Uint8Array; cookie: string }>;
}>;

async function openPlatform(): Promise<ConsolePlatform> {
  const config = readConsoleConfig();
  const key = await loadInstallationKey(config.keyFile);
  return {
    config,
    rpc: {
      database: openDatabase({ url: config.databaseUrl }),
      sealer: key.sealer,
      logger: createLogger({ process: "console" }),
      version: config.version,
      addresses: config.addresses,
      bundleSeed: key.derive("intelligence-bundle"),
    },
    keys: {
      apiToken: key.derive("api-token"),
      cookie: Buffer.from(key.derive("session-cookie")).toString("base64url"),
    },
  };
}

/** Next compiles routes into separate bundles, each with its own modules; the process still has one platform. */
const shared = globalThis as typeof globalThis & { rampartPlatform?: Promise<ConsolePlatform> };

export function platform(): Promise<ConsolePlatform> {
  shared.rampartPlatform ??= openPlatform();
  return shared.rampartPlatform;
}
