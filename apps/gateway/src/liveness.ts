import { closeCodes, pingEveryMs, silenceMaxMs } from "@rampart/protocol";
import type { Connection } from "./connection.ts";

export type Liveness = Readonly<{ watch(connection: Connection): void; close(): void }>;

export type LivenessTimes = Readonly<{ pingEveryMs: number; silenceMaxMs: number }>;

/** A round that comes this many periods late says that this process slept, not that its peers did. */
const lateFactor = 2;

/**
 * Pings every socket and cuts those from which nothing comes back, which is how a half-open connection ends. A socket
 * that this gateway has stopped reading cannot be heard and is not judged.
 */
export function watchLiveness(times: LivenessTimes = { pingEveryMs, silenceMaxMs }): Liveness {
  const heardAt = new Map<Connection, number>();
  let lastRound = performance.now();

  function round(): void {
    const now = performance.now();
    const wasAsleep = now - lastRound > times.pingEveryMs * lateFactor;
    lastRound = now;
    for (const [connection, heard] of heardAt) {
      if (wasAsleep || connection.socket.isPaused) heardAt.set(connection, now);
      else if (now - heard > times.silenceMaxMs) connection.socket.terminate();
      if (connection.peer.defender.expiresAt.getTime() <= Date.now()) {
        connection.end(closeCodes.returnLater, "the certificate has expired", 0);
      } else if (connection.socket.readyState === connection.socket.OPEN) {
        connection.socket.ping();
      }
    }
  }

  const timer = setInterval(round, times.pingEveryMs);
  return {
    watch(connection) {
      const hear = () => void heardAt.set(connection, performance.now());
      hear();
      connection.socket.on("message", hear).on("ping", hear).on("pong", hear);
      connection.socket.once("close", () => {
        connection.socket.off("message", hear).off("ping", hear).off("pong", hear);
        heardAt.delete(connection);
      });
    },
    close: () => clearInterval(timer),
  };
}
