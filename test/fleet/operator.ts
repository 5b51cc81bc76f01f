import { createAppCaller, type AppCaller } from "@rampart/api";
import type { Database } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import { createLogger } from "@rampart/telemetry";
import { sealerFromKey } from "@rampart/secrets";
import { testCaller } from "@rampart/testing";

/** What a person with all permissions can ask of the Console about Defenders. */
export function operatorOf(database: Database, scope: ProjectScope): AppCaller["fleet"] {
  const caller = testCaller();
  return createAppCaller({
    platform: {
      database,
      sealer: sealerFromKey(new Uint8Array(32)),
      logger: createLogger({ process: "test", level: "silent" }),
      version: "0.1.0",
      addresses: { consoleUrl: "http://localhost:8083", gatewayUrl: "https://localhost:8084" },
    },
    caller,
    open: async () => ({ caller, scope, projectSlug: "shop", projectName: "shop" }),
  }).fleet;
}
