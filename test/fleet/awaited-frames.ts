import { once } from "node:events";
import { readCloseReason, type CloseReason } from "@rampart/protocol";
import type { WebSocket } from "ws";

export type Inbox<Frame> = Readonly<{
  /** The next frame of this type, leaving the others; fails when the socket closes first. */
  next<Type extends (Frame extends { type: infer Name } ? Name : never)>(
    type: Type,
  ): Promise<Extract<Frame, { type: Type }>>;
  received: readonly Frame[];
  closed: Promise<CloseReason & Readonly<{ code: number }>>;
}>;

/** Keeps what a socket receives until a test asks for it. */
export function makeInbox<Frame extends { type: string }>(
  socket: WebSocket,
): Inbox<Frame> & { add(frame: Frame): void } {
  const received: Frame[] = [];
  const taken = new Set<Frame>();
  const arrivals = new EventTarget();
  let isClosed = false;
  const closed = new Promise<CloseReason & { code: number }>((resolve) => {
    socket.once("close", (code, reason: Buffer) => {
      isClosed = true;
      arrivals.dispatchEvent(new Event("arrival"));
      resolve({ code, ...readCloseReason(reason.toString("utf8")) });
    });
  });
  return {
    received,
    closed,
    add(frame) {
      received.push(frame);
      arrivals.dispatchEvent(new Event("arrival"));
    },
    async next(type) {
      for (;;) {
        const found = received.find((frame) => frame.type === type && !taken.has(frame));
        if (found !== undefined) {
          taken.add(found);
          // Found by its type, which the compiler does not follow through `find`.
          return found as Extract<Frame, { type: typeof type }>;
        }
        if (isClosed) throw new Error(`closed before a frame of type ${type} arrived`);
        await once(arrivals, "arrival");
      }
    },
  };
}
