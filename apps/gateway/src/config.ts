import { DatabaseUrl, Port, readConfig, type Environment } from "@rampart/config";
import { z } from "zod";

const namesMax = 64;

const Env = z.object({
  DATABASE_URL: DatabaseUrl,
  RAMPART_BIND: z.string().min(1).max(253).default("127.0.0.1"),
  RAMPART_GATEWAY_PORT: Port.default(8084),
  /** Names and addresses under which hosts reach this gateway, joined by commas; they stand in its certificate. */
  RAMPART_GATEWAY_NAMES: z.string().max(16_384).default("localhost,127.0.0.1"),
  RAMPART_GATEWAY_SOCKETS_MAX: z.coerce.number().int().min(1).max(1_000_000).default(20_000),
  RAMPART_KEY_FILE: z.string().min(1).max(4096),
  RAMPART_VERSION: z.string().min(1).max(64).default("0.1.0"),
});

export type GatewayConfig = Readonly<{
  databaseUrl: string;
  keyFile: string;
  version: string;
  listen: Readonly<{ host: string; port: number; names: readonly string[]; socketsMax: number }>;
}>;

export function readGatewayConfig(env: Environment): GatewayConfig {
  const parsed = readConfig("The gateway", Env, env);
  return {
    databaseUrl: parsed.DATABASE_URL,
    keyFile: parsed.RAMPART_KEY_FILE,
    version: parsed.RAMPART_VERSION,
    listen: {
      host: parsed.RAMPART_BIND,
      port: parsed.RAMPART_GATEWAY_PORT,
      names: namesIn(parsed.RAMPART_GATEWAY_NAMES),
      socketsMax: parsed.RAMPART_GATEWAY_SOCKETS_MAX,
    },
  };
}

/** The loopback names always work: the Defender of the gateway's own host uses them. */
function namesIn(text: string): readonly string[] {
  const given = text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return [...new Set([...given, "localhost", "127.0.0.1"])].slice(0, namesMax);
}
