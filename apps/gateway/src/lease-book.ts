import type { RecordedHeartbeat } from "@rampart/fleet";
import { Outage, type ProjectScope } from "@rampart/kernel";
import type { Logger } from "@rampart/telemetry";
import { leaseFlushMs } from "./limits.ts";

type Ended = Readonly<{ defenderId: string; connectionId: string }>;

/** What is written for one project at once. */
export type LeaseChanges = Readonly<{ beats: readonly RecordedHeartbeat[]; ended: readonly Ended[] }>;
export type WriteLeases = (scope: ProjectScope, changes: LeaseChanges) => Promise<void>;

export type LeaseBook = Readonly<{
  beat(scope: ProjectScope, beat: RecordedHeartbeat): void;
  end(scope: ProjectScope, connection: Ended): void;
  close(): Promise<void>;
}>;

type Page = { scope: ProjectScope; beats: Map<string, RecordedHeartbeat>; ended: Map<string, Ended> };

/**
 * Writes heartbeats in batches. Only the latest one of each Defender is kept, so that memory stays bounded while the
 * database is away; then the changes wait for the next round.
 */
export function openLeaseBook(write: WriteLeases, logger: Logger): LeaseBook {
  let pages = new Map<string, Page>();
  let writing = Promise.resolve();

  function pageOf(scope: ProjectScope): Page {
    const page = pages.get(scope.projectId) ?? { scope, beats: new Map(), ended: new Map() };
    pages.set(scope.projectId, page);
    return page;
  }

  async function flush(): Promise<void> {
    const full = pages;
    pages = new Map();
    for (const page of full.values()) {
      try {
        await write(page.scope, { beats: [...page.beats.values()], ended: [...page.ended.values()] });
      } catch (error) {
        logger[error instanceof Outage ? "warn" : "error"]({ err: error }, "leases could not be written");
        if (error instanceof Outage) putBack(page, pageOf(page.scope));
      }
    }
  }

  const timer = setInterval(() => {
    writing = writing.then(flush);
  }, leaseFlushMs);
  return {
    beat: (scope, beat) => void pageOf(scope).beats.set(beat.defenderId, beat),
    end(scope, ended) {
      const page = pageOf(scope);
      if (page.beats.get(ended.defenderId)?.connectionId === ended.connectionId) page.beats.delete(ended.defenderId);
      page.ended.set(ended.connectionId, ended);
    },
    async close() {
      clearInterval(timer);
      writing = writing.then(flush);
      await writing;
    },
  };
}

/** What could not be written waits again, unless something newer has been heard meanwhile. */
function putBack(page: Page, next: Page): void {
  for (const [id, beat] of page.beats) if (!next.beats.has(id)) next.beats.set(id, beat);
  for (const [id, ended] of page.ended) next.ended.set(id, ended);
}
