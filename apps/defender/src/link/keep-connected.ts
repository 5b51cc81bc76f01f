import { setTimeout as pause } from "node:timers/promises";
import type { LaneName } from "@rampart/protocol";
import type { Log } from "../log.ts";
import { LaneRefused, type LaneEnd, type LaneSocket } from "./lane-socket.ts";
import { returnDelayMs, steadyAfterMs } from "./return-delay.ts";

export type KeptLane = Readonly<{
  lane: LaneName;
  log: Log;
  signal: AbortSignal;
  /** Opens a socket; called again each time the last one ended. */
  open(): Promise<LaneSocket>;
  /** Called when the gateway says that it does not know this host. */
  onUnknown(): Promise<void>;
}>;

const unknownStatuses: ReadonlySet<number> = new Set([401, 403]);
const notEnrolledCode = 4401;
const aborted = { code: 0, returnAfterMs: null, text: "" };

/** Keeps one lane open until aborted. */
export async function keepConnected(kept: KeptLane): Promise<void> {
  const { lane, log, signal } = kept;
  for (let failures = 0; !signal.aborted;) {
    const openedAtMs = performance.now();
    const end = await connectOnce(kept);
    if (signal.aborted) return;
    failures = performance.now() - openedAtMs > steadyAfterMs ? 0 : failures + 1;
    if (end.code === notEnrolledCode) await kept.onUnknown();
    const delayMs = returnDelayMs({ failures, ...end }, Math.random());
    log.info({ lane, code: end.code, reason: end.text, delayMs }, "lane closed; it opens again after a delay");
    await pause(delayMs, undefined, { signal }).catch(() => undefined);
  }
}

async function connectOnce({ lane, log, signal, open }: KeptLane): Promise<LaneEnd> {
  let socket: LaneSocket | null = null;
  const close = () => socket?.close();
  signal.addEventListener("abort", close, { once: true });
  try {
    socket = await open();
    if (signal.aborted) socket.close();
    else log.info({ lane }, "lane open");
    return await socket.ended;
  } catch (error) {
    if (signal.aborted) return aborted;
    log.warn({ lane, error }, "the gateway cannot be reached");
    const isUnknown = error instanceof LaneRefused && unknownStatuses.has(error.status);
    return { code: isUnknown ? notEnrolledCode : 0, returnAfterMs: null, text: "" };
  } finally {
    signal.removeEventListener("abort", close);
  }
}
