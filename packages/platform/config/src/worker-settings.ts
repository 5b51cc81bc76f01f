import { z } from "zod";
import { DatabaseUrl, queueSettings, RedisUrl, type QueueSettings } from "./settings.ts";

/** What every worker process reads from its environment; a lane extends it with its own variables. */
export const WorkerEnv = z.object({ DATABASE_URL: DatabaseUrl, REDIS_URL: RedisUrl.optional() });

export type WorkerSettings = Readonly<{ databaseUrl: string; queue: QueueSettings }>;

export function workerSettings(env: z.infer<typeof WorkerEnv>): WorkerSettings {
  return { databaseUrl: env.DATABASE_URL, queue: queueSettings(env) };
}
