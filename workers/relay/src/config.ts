import { readConfig, WorkerEnv, workerSettings, type Environment, type WorkerSettings } from "@rampart/config";

export function readRelayConfig(env: Environment = process.env): WorkerSettings {
  return workerSettings(readConfig("The relay", WorkerEnv, env));
}
