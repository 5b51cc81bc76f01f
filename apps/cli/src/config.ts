import { readConfig, type Environment } from "@rampart/config";
import { z } from "zod";

const Env = z.object({
  RAMPART_CONSOLE_URL: z.url({ protocol: /^https?$/ }).optional(),
  RAMPART_TOKEN: z.string().optional(),
  RAMPART_USERNAME: z.string().optional(),
  RAMPART_PASSWORD: z.string().optional(),
  RAMPART_PROJECT: z.string().optional(),
  RAMPART_INTEL_DIR: z.string().optional(),
  RAMPART_CONTAINER_SOCKET: z.string().optional(),
  RAMPART_REGISTRY_USERNAME: z.string().optional(),
  RAMPART_REGISTRY_PASSWORD: z.string().optional(),
});

/** What pipelines set once instead of repeating it as options. Secrets come this way only, never as arguments. */
export type CliConfig = z.infer<typeof Env>;

export function readCliConfig(env: Environment = process.env): CliConfig {
  return readConfig("rampart", Env, env);
}
