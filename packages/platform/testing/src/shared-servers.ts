import { connect } from "node:net";
import { createInterface } from "node:readline";
import { inject } from "vitest";

/**
 * Servers that all suites of one test run share, started when the first suite asks:
 *
 *   suite --"postgres\n"--> socket in the vitest process (test/servers/global-setup.ts), which starts it once --> answers
 *
 * The vitest process is their parent, so they end with the run, even when it is killed.
 */
declare module "vitest" {
  interface ProvidedContext {
    sharedServers: string;
  }
}

/** PostgreSQL with a migrated database `template` to copy. `ownerUrl` is the superuser's. */
export type SharedPostgres = Readonly<{ ownerUrl: string; template: string; servicePassword: string }>;
/** Others use it too: choose key names that nobody else has. */
export type SharedRedis = Readonly<{ url: string }>;

export const sharedPostgres = (): Promise<SharedPostgres> => ask("postgres");
export const sharedRedis = (): Promise<SharedRedis> => ask("redis");

function ask<Answer>(kind: "postgres" | "redis"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(inject("sharedServers"), () => socket.write(`${kind}\n`));
    socket.once("error", reject);
    createInterface({ input: socket }).once("line", (line) => {
      socket.destroy();
      const answer: { server: Answer } | { error: string } = JSON.parse(line);
      if ("error" in answer) reject(new Error(answer.error));
      else resolve(answer.server);
    });
  });
}
