import { DatabaseUrl, readConfig, type Environment } from "@rampart/config";
import { z } from "zod";

const Env = z.object({ DATABASE_URL: DatabaseUrl, RAMPART_KEY_FILE: z.string().min(1).max(4096) });

export type UpkeepConfig = Readonly<{ databaseUrl: string; keyFile: string }>;

export function readUpkeepConfig(env: Environment): UpkeepConfig {
  const parsed = readConfig("The upkeep worker", Env, env);
  return { databaseUrl: parsed.DATABASE_URL, keyFile: parsed.RAMPART_KEY_FILE };
}
