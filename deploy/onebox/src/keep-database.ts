import { setTimeout as pause } from "node:timers/promises";
import { messageOf } from "@rampart/kernel";
import type { DataDir } from "./data-dir/open.ts";
import type { Log } from "./log.ts";
import { countFailure, restartDelayMs } from "./parts/back-off.ts";
import { choosePort, endLeftoverDatabase, startDatabase, type EmbeddedDatabase } from "./postgres/start-database.ts";

export type KeptDatabase = Readonly<{ ownerUrl: string; pid(): number | null; stop(): Promise<void> }>;

/** Its day-to-day remarks interest nobody; a failed start quotes them. */
function logLine(log: Log, line: string): void {
  if (/^(WARNING|ERROR|FATAL|PANIC):/.test(line)) log.part("postgres", line);
}

/** The embedded database, started again on the same port whenever it ends by itself. Fails if the first start does. */
export async function keepDatabase(dataDir: DataDir, log: Log): Promise<KeptDatabase> {
  const stopped = new AbortController();
  // What a killed Onebox left must be gone before a port is chosen, or its port would look taken.
  if (await endLeftoverDatabase(dataDir)) log.warn("ended a PostgreSQL that the last run had left behind");
  const port = await choosePort(dataDir);
  let running: EmbeddedDatabase | null = await start();
  const { ownerUrl } = running;
  const watching = watch(running);

  async function start(): Promise<EmbeddedDatabase> {
    await endLeftoverDatabase(dataDir);
    return startDatabase(dataDir, port, (line) => logLine(log, line));
  }

  async function watch(first: EmbeddedDatabase): Promise<void> {
    let failures = 0;
    for (let current: EmbeddedDatabase | null = first; ; current = running) {
      const startedAt = performance.now();
      await current?.cluster.ended;
      running = null;
      if (stopped.signal.aborted) return;
      failures = countFailure(failures, performance.now() - startedAt);
      log.error(`PostgreSQL ended; starting it again in ${restartDelayMs(failures) / 1_000} s`);
      await pause(restartDelayMs(failures), undefined, { signal: stopped.signal }).catch(() => undefined);
      if (stopped.signal.aborted) return;
      running = await start().catch((error: unknown) => {
        log.error(messageOf(error));
        return null;
      });
    }
  }

  return {
    ownerUrl,
    pid: () => running?.cluster.pid ?? null,
    async stop() {
      stopped.abort();
      await running?.cluster.stop();
      await watching;
      // A start that was under way when we were asked to stop.
      await endLeftoverDatabase(dataDir);
    },
  };
}
