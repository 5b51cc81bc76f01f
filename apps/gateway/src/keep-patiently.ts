import { setTimeout as pause } from "node:timers/promises";
import type { ReceivedFrame } from "@rampart/fleet";
import { Outage, type ProjectScope } from "@rampart/kernel";
import type { Logger } from "@rampart/telemetry";
import { retryMs } from "./limits.ts";

/** Stores reports of one project; answers with the Defenders whose reports could be stored. */
export type KeepFrames = (scope: ProjectScope, frames: readonly ReceivedFrame[]) => Promise<ReadonlySet<string>>;

/**
 * Tries until it works; null when aborted before. Also an error that nobody foresaw is only a reason to wait: the
 * headers were checked, so no report can spoil a transaction, and a report given up is a report lost.
 */
export function keepPatiently(keep: KeepFrames, logger: Logger, signal: AbortSignal) {
  return async (scope: ProjectScope, frames: readonly ReceivedFrame[]): Promise<ReadonlySet<string> | null> => {
    for (let waitMs: number = retryMs.first; ; waitMs = Math.min(waitMs * 2, retryMs.longest)) {
      try {
        return await keep(scope, frames);
      } catch (error) {
        if (signal.aborted) return null;
        const level = error instanceof Outage ? "warn" : "error";
        logger[level]({ err: error, waitMs, frames: frames.length }, "reports wait for the database");
        await pause(waitMs, undefined, { signal }).catch(() => undefined);
      }
    }
  };
}
