import { readConfig, WorkerEnv, workerSettings, type Environment, type WorkerSettings } from "@rampart/config";
import { z } from "zod";

const Env = WorkerEnv.extend({
  RAMPART_INTEL_DIR: z.string().min(1).max(4096).optional(),
  RAMPART_KEY_FILE: z.string().min(1).max(4096),
});

export type IntelligenceConfig = WorkerSettings &
  Readonly<{
    /** File of the installation's key, which opens the credentials of feeds' addresses. */
    keyFile: string;
    /** Folder of feed files that is looked at once an hour. */
    feedFolder?: string;
  }>;

export function readIntelligenceConfig(env: Environment): IntelligenceConfig {
  const parsed = readConfig("The intelligence worker", Env, env);
  const feedFolder = parsed.RAMPART_INTEL_DIR;
  return {
    ...workerSettings(parsed),
    keyFile: parsed.RAMPART_KEY_FILE,
    ...(feedFolder !== undefined && { feedFolder }),
  };
}
