import { readConfig, WorkerEnv, workerSettings, type Environment, type WorkerSettings } from "@rampart/config";
import { z } from "zod";

const Env = WorkerEnv.extend({
  RAMPART_KEY_FILE: z.string().min(1).max(4096),
  RAMPART_ALERTING_CONCURRENCY: z.coerce.number().int().min(1).max(256).optional(),
});

export type AlertingConfig = WorkerSettings & Readonly<{ keyFile: string; concurrency?: number }>;

export function readAlertingConfig(env: Environment): AlertingConfig {
  const parsed = readConfig("The alerting worker", Env, env);
  const concurrency = parsed.RAMPART_ALERTING_CONCURRENCY;
  return {
    ...workerSettings(parsed),
    keyFile: parsed.RAMPART_KEY_FILE,
    ...(concurrency !== undefined && { concurrency }),
  };
}
