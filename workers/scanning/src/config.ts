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
  RAMPART_SCANNING_CONCURRENCY: z.coerce.number().int().min(1).max(64).optional(),
});

export type ScanningConfig = Readonly<{ databaseUrl: string; queue: QueueSettings; concurrency?: number }>;

export function readScanningConfig(env: Environment): ScanningConfig {
  const parsed = readConfig("The scanning worker", Env, env);
  const concurrency = parsed.RAMPART_SCANNING_CONCURRENCY;
  return {
    databaseUrl: parsed.DATABASE_URL,
    queue: queueSettings(parsed),
    ...(concurrency !== undefined && { concurrency }),
  };
}
