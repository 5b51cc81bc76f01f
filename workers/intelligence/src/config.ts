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
  RAMPART_INTEL_DIR: z.string().min(1).max(4096).optional(),
});

export type IntelligenceConfig = Readonly<{
  databaseUrl: string;
  queue: QueueSettings;
  /** Folder of feed files that is looked at when the lane starts and once an hour. */
  feedFolder?: string;
}>;

export function readIntelligenceConfig(env: Environment): IntelligenceConfig {
  const parsed = readConfig("The intelligence worker", Env, env);
  const feedFolder = parsed.RAMPART_INTEL_DIR;
  return {
    databaseUrl: parsed.DATABASE_URL,
    queue: queueSettings(parsed),
    ...(feedFolder !== undefined && { feedFolder }),
  };
}
