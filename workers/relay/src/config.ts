import {
  DatabaseUrl,
  queueSettings,
  readConfig,
  RedisUrl,
  type Environment,
  type QueueSettings,
} from "@rampart/config";
import { z } from "zod";

const Env = z.object({ DATABASE_URL: DatabaseUrl, REDIS_URL: RedisUrl.optional() });

export type RelayConfig = Readonly<{ databaseUrl: string; queue: QueueSettings }>;

export function readRelayConfig(env: Environment = process.env): RelayConfig {
  const parsed = readConfig("The relay", Env, env);
  return { databaseUrl: parsed.DATABASE_URL, queue: queueSettings(parsed) };
}
