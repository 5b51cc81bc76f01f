import {
  DatabaseUrl,
  queueSettings,
  readConfig,
  RedisUrl,
  type Environment,
  type QueueSettings,
} from "@rampart/config";
import { z } from "zod";

const Env = z.object({
  DATABASE_URL: DatabaseUrl,
  REDIS_URL: RedisUrl.optional(),
  RAMPART_KEY_FILE: z.string().min(1).max(4096),
  RAMPART_ALERTING_CONCURRENCY: z.coerce.number().int().min(1).max(256).optional(),
});

export type AlertingConfig = Readonly<{
  databaseUrl: string;
  queue: QueueSettings;
  keyFile: string;
  concurrency?: number;
}>;

export function readAlertingConfig(env: Environment): AlertingConfig {
  const parsed = readConfig("The alerting worker", Env, env);
  const concurrency = parsed.RAMPART_ALERTING_CONCURRENCY;
  return {
    databaseUrl: parsed.DATABASE_URL,
    queue: queueSettings(parsed),
    keyFile: parsed.RAMPART_KEY_FILE,
    ...(concurrency !== undefined && { concurrency }),
  };
}
