import { DatabaseUrl, Port, readConfig, type Environment } from "@rampart/config";
import { z } from "zod";

const Env = z
  .object({
    DATABASE_URL: DatabaseUrl,
    RAMPART_BIND: z.string().min(1).default("127.0.0.1"),
    RAMPART_CONSOLE_PORT: Port.default(8083),
    RAMPART_CONSOLE_URL: z.url({ protocol: /^https?$/ }),
    RAMPART_GATEWAY_URL: z.url({ protocol: /^https$/ }),
    RAMPART_KEY_FILE: z.string().min(1),
    RAMPART_TLS_CERT: z.string().optional(),
    RAMPART_TLS_KEY: z.string().optional(),
    RAMPART_VERSION: z.string().default("0.1.0"),
  })
  .refine((env) => (env.RAMPART_TLS_CERT === undefined) === (env.RAMPART_TLS_KEY === undefined), {
    path: ["RAMPART_TLS_CERT"],
    message: "must be given together with RAMPART_TLS_KEY",
  });

export type ConsoleConfig = Readonly<{
  databaseUrl: string;
  listen: Readonly<{ host: string; port: number; tls?: Readonly<{ certFile: string; keyFile: string }> }>;
  addresses: Readonly<{ consoleUrl: string; gatewayUrl: string }>;
  keyFile: string;
  version: string;
}>;

export function readConsoleConfig(env: Environment = process.env): ConsoleConfig {
  const parsed = readConfig("The Console", Env, env);
  const { RAMPART_TLS_CERT: certFile, RAMPART_TLS_KEY: keyFile } = parsed;
  return {
    databaseUrl: parsed.DATABASE_URL,
    listen: {
      host: parsed.RAMPART_BIND,
      port: parsed.RAMPART_CONSOLE_PORT,
      ...(certFile !== undefined && keyFile !== undefined && { tls: { certFile, keyFile } }),
    },
    addresses: { consoleUrl: parsed.RAMPART_CONSOLE_URL, gatewayUrl: parsed.RAMPART_GATEWAY_URL },
    keyFile: parsed.RAMPART_KEY_FILE,
    version: parsed.RAMPART_VERSION,
  };
}

/** next-auth reads its own address from the environment and nowhere else. */
export function announceAddress(config: ConsoleConfig): void {
  process.env["NEXTAUTH_URL"] = config.addresses.consoleUrl;
}
