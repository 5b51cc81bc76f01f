import { connect } from "node:net";
import { startDaemon } from "./daemon.ts";
import { requireProgram } from "./debian-package.ts";
import { freePort } from "./free-port.ts";
import { makeScratch } from "./scratch.ts";
import { until } from "./until.ts";

export type RedisServer = Readonly<{
  url: string;
  /** SIGKILL. The returned function starts a new empty server on the same port. */
  goAway(): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}>;

/** Starts a real Redis that keeps nothing on disk. */
export async function startRedis(): Promise<RedisServer> {
  const command = await requireProgram("redis-server", "redis-server");
  const port = await freePort();
  const scratch = await makeScratch("redis");
  const args = [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
    "--dir",
    scratch.path,
  ];
  const launch = async () => {
    const started = startDaemon({ command, args });
    await until(`Redis on port ${port}`, () => started.isRunning() && answersPing(port));
    return started;
  };
  let daemon = await launch();
  return {
    url: `redis://127.0.0.1:${port}`,
    async goAway() {
      await daemon.kill();
      return async () => {
        daemon = await launch();
      };
    },
    async stop() {
      await daemon.stop();
      await scratch.remove();
    },
  };
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    socket.once("data", (bytes) => {
      socket.destroy();
      resolve(bytes.toString().startsWith("+PONG"));
    });
    socket.once("error", () => resolve(false));
  });
}
