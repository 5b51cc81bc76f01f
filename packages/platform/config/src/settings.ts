import { z } from "zod";

/** A TCP port given as text. */
export const Port = z.coerce.number("must be a port number").int().min(1).max(65_535);

/** `DATABASE_URL` as every process but the migration reads it: the service role, without bypass of row-level security. */
export const DatabaseUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: "must be a URL such as postgresql://user:password@host:5432/rampart",
});

export const RedisUrl = z.url({ protocol: /^rediss?$/, error: "must be a URL such as redis://host:6379" });

/** Where jobs wait: Redis when given, otherwise the `queue` schema of the database. */
export type QueueSettings = Readonly<{ kind: "redis"; url: string }> | Readonly<{ kind: "postgres"; url: string }>;

export function queueSettings(env: { DATABASE_URL: string; REDIS_URL?: string | undefined }): QueueSettings {
  return env.REDIS_URL === undefined
    ? { kind: "postgres", url: env.DATABASE_URL }
    : { kind: "redis", url: env.REDIS_URL };
}
