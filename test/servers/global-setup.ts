import { createServer, type Server, type Socket } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { migrateDatabase } from "@rampart/database/migrate";
import { migrateQueue } from "@rampart/queue/migrate";
import type { SharedPostgres, SharedRedis } from "@rampart/testing";
import type { TestProject } from "vitest/node";
import { startPostgres, type PostgresServer } from "./postgres.ts";
import { startRedis, type RedisServer } from "./redis.ts";
import { makeScratch } from "./scratch.ts";

type Answers = Readonly<{ postgres(): Promise<SharedPostgres>; redis(): Promise<SharedRedis> }>;

/** The other end of `@rampart/testing`: vitest's global set-up, which starts a server when the first suite asks. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const scratch = await makeScratch("shared");
  let postgres: Promise<PostgresServer> | undefined;
  let template: Promise<SharedPostgres> | undefined;
  let redis: Promise<RedisServer> | undefined;

  const answers: Answers = {
    postgres: () => (template ??= makeTemplate((postgres ??= startPostgres()))),
    redis: async () => ({ url: (await (redis ??= startRedis())).url }),
  };
  const file = path.join(scratch.path, "socket");
  const server = await listen(file, (socket) => answer(socket, answers));
  project.provide("sharedServers", file);

  return async () => {
    server.close();
    await template?.catch(() => undefined);
    await (await postgres?.catch(() => undefined))?.stop();
    await (await redis?.catch(() => undefined))?.stop();
    await scratch.remove();
  };
}

async function makeTemplate(starting: Promise<PostgresServer>): Promise<SharedPostgres> {
  const server = await starting;
  const template = "rampart_template";
  const servicePassword = "test-service";
  const ownerUrl = await server.createDatabase(template);
  await migrateDatabase({ ownerUrl, servicePassword, folder: path.join(import.meta.dirname, "../../prisma") });
  await migrateQueue(ownerUrl);
  return { ownerUrl: server.url("postgres"), template, servicePassword };
}

function listen(file: string, onSocket: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(onSocket);
    server.once("error", reject);
    server.listen(file, () => resolve(server));
  });
}

function answer(socket: Socket, answers: Answers): void {
  socket.on("error", () => undefined); // the asker went away; nothing to tell it
  createInterface({ input: socket }).once("line", (line) => {
    const asked = line === "postgres" || line === "redis" ? answers[line]() : Promise.reject(new Error(`no ${line}`));
    asked.then(
      (server) => socket.write(`${JSON.stringify({ server })}\n`),
      (error: unknown) => socket.write(`${JSON.stringify({ error: String(error) })}\n`),
    );
  });
}
