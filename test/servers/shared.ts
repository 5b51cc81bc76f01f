import { createServer, connect, type Server, type Socket } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import type { TestProject } from "vitest/node";
import { inject } from "vitest";
import { startPostgres, type PostgresServer } from "./postgres.ts";
import { startRedis, type RedisServer } from "./redis.ts";
import { makeScratch } from "./scratch.ts";

/**
 * Servers that all suites of one test run share, started when the first suite asks:
 *
 *   test process --"postgres\n"--> socket in the vitest process, which starts the server once --> answers its URL
 *
 * The vitest process is their parent, so they end with the run, even when it is killed.
 */
declare module "vitest" {
  interface ProvidedContext {
    sharedServers: string;
  }
}

/** Superuser's URL (database `postgres`) of the PostgreSQL of this test run. Make a database of your own in it. */
export const sharedPostgresUrl = (): Promise<string> => ask("postgres");

/** URL of the Redis of this test run. Others use it too: choose key names that nobody else has. */
export const sharedRedisUrl = (): Promise<string> => ask("redis");

type Kind = "postgres" | "redis";

function ask(kind: Kind): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(inject("sharedServers"), () => socket.write(`${kind}\n`));
    socket.once("error", reject);
    createInterface({ input: socket }).once("line", (line) => {
      socket.destroy();
      const answer: { url?: string; error?: string } = JSON.parse(line);
      if (answer.url === undefined) reject(new Error(answer.error ?? "no answer"));
      else resolve(answer.url);
    });
  });
}

/** vitest's global set-up: opens the socket, and at the end stops what was started through it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const scratch = await makeScratch("shared");
  let postgres: Promise<PostgresServer> | undefined;
  let redis: Promise<RedisServer> | undefined;

  const urlOf = {
    postgres: async () => (await (postgres ??= startPostgres())).url("postgres"),
    redis: async () => (await (redis ??= startRedis())).url,
  } satisfies Record<Kind, () => Promise<string>>;

  const file = path.join(scratch.path, "socket");
  const server = await listen(file, (socket) => answer(socket, urlOf));
  project.provide("sharedServers", file);

  return async () => {
    server.close();
    await (await postgres?.catch(() => undefined))?.stop();
    await (await redis?.catch(() => undefined))?.stop();
    await scratch.remove();
  };
}

function listen(file: string, onSocket: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(onSocket);
    server.once("error", reject);
    server.listen(file, () => resolve(server));
  });
}

function answer(socket: Socket, urlOf: Record<Kind, () => Promise<string>>): void {
  socket.on("error", () => undefined); // the asker went away; nothing to tell it
  createInterface({ input: socket }).once("line", (line) => {
    const asked = line === "postgres" || line === "redis" ? urlOf[line]() : Promise.reject(new Error(`no ${line} here`));
    asked.then(
      (url) => socket.write(`${JSON.stringify({ url })}\n`),
      (error: unknown) => socket.write(`${JSON.stringify({ error: String(error) })}\n`),
    );
  });
}
