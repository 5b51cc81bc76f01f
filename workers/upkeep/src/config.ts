import { DatabaseUrl, readConfig, type Environment } from "@rampart/config";
import { z } from "zod";

const Env = z.object({ DATABASE_URL: DatabaseUrl });

export type UpkeepConfig = Readonly<{ databaseUrl: string }>;

export function readUpkeepConfig(env: Environment): UpkeepConfig {
  return { databaseUrl: readConfig("The upkeep worker", Env, env).DATABASE_URL };
}
