import { readConfig, WorkerEnv, workerSettings, type Environment, type WorkerSettings } from "@rampart/config";
import { z } from "zod";

const Env = WorkerEnv.extend({ RAMPART_SCANNING_CONCURRENCY: z.coerce.number().int().min(1).max(64).optional() });

export type ScanningConfig = WorkerSettings & Readonly<{ concurrency?: number }>;

export function readScanningConfig(env: Environment): ScanningConfig {
  const parsed = readConfig("The scanning worker", Env, env);
  const concurrency = parsed.RAMPART_SCANNING_CONCURRENCY;
  return { ...workerSettings(parsed), ...(concurrency !== undefined && { concurrency }) };
}
