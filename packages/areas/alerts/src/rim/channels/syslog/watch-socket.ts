import type { Socket } from "node:net";

/** What is known about a connection at this moment, and a way to wait for it to change. */
export type Watch = Readonly<{
  hasEnded(): boolean;
  isClosed(): boolean;
  /** Resolves with true once `condition` holds, with false when time is up. Rejects as soon as the connection fails. */
  until(condition: () => boolean, withinMs: number): Promise<boolean>;
  /** Looks at the condition again, after something changed that the socket does not announce. */
  look(): void;
}>;

/** Keeps the first failure of a socket, so that it is not lost when nobody happens to be waiting. */
export function watchSocket(socket: Socket): Watch {
  let failure: Error | null = null;
  let ended = false;
  let closed = false;
  const waiting = new Set<() => void>();
  const look = () => {
    for (const wake of waiting) wake();
  };
  socket.on("error", (error) => {
    failure ??= error;
    look();
  });
  socket.on("end", () => {
    ended = true;
    look();
  });
  socket.on("close", () => {
    closed = true;
    look();
  });
  for (const event of ["connect", "secureConnect", "finish"]) socket.on(event, look);
  // Receivers say nothing; whatever comes is thrown away, so that their end can be seen.
  socket.resume();

  function until(condition: () => boolean, withinMs: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => settle(() => resolve(false)), withinMs);
      const wake = () => {
        const failed = failure;
        if (failed !== null) settle(() => reject(failed));
        else if (condition()) settle(() => resolve(true));
      };
      const settle = (how: () => void) => {
        clearTimeout(timer);
        waiting.delete(wake);
        how();
      };
      waiting.add(wake);
      wake();
    });
  }

  return { hasEnded: () => ended, isClosed: () => closed, until, look };
}
