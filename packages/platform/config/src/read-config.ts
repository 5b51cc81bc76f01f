import { Refusal } from "@rampart/kernel";
import type { z } from "zod";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Parses the environment of a process once, before anything else runs. All problems are reported together, each with
 * the name of its variable. Empty variables count as unset, as deployment templates often leave them behind.
 */
export function readConfig<Schema extends z.ZodType>(
  processName: string,
  schema: Schema,
  env: Environment,
): z.infer<Schema> {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Refusal(
    "invalid",
    "config.environment.invalid",
    `${processName} cannot start; please correct these variables:\n${problems.join("\n")}`,
  );
}
