import { setTimeout as pause } from "node:timers/promises";
import type { ReceivedFrame } from "@rampart/fleet";
import type { ProjectScope } from "@rampart/kernel";
import type { Logger } from "@rampart/telemetry";
import { keepPatiently, type KeepFrames } from "./keep-patiently.ts";
import { batchBytesMax, batchFramesMax, gatherMs, inboxBytesMax, stopWithinMs } from "./limits.ts";

export type FrameOutcome = "durable" | "refused";

/** A report on its way into the database. `settle` is called once, and never when the gateway ends before. */
export type Arrival = Readonly<{ scope: ProjectScope; frame: ReceivedFrame; settle(outcome: FrameOutcome): void }>;

export type Inbox = Readonly<{
  add(arrival: Arrival): void;
  isFull(): boolean;
  /** Calls back once, when the inbox is not full any more. */
  whenRoom(resume: () => void): void;
  /** Stores what has arrived, within `stopWithinMs`. */
  close(): Promise<void>;
}>;

/**
 * Gathers the reports of all sockets for a few milliseconds and stores them together. While the database is away it
 * keeps what it has and tries again: nothing is dropped, nothing acknowledged, and the sockets stop being read.
 */
export function openInbox(keep: KeepFrames, logger: Logger): Inbox {
  const queue: Arrival[] = [];
  const waiting = new Set<() => void>();
  const stopping = new AbortController();
  const keepAll = keepPatiently(keep, logger, stopping.signal);
  let bytes = 0;
  let ring = () => {};
  let closed = false;

  async function run(): Promise<void> {
    for (;;) {
      if (queue.length === 0) {
        if (closed) return;
        await new Promise<void>((resolve) => (ring = resolve));
        if (!closed) await pause(gatherMs);
      }
      const batch = takeBatch(queue);
      await Promise.all(groupByProject(batch).map((group) => keepGroup(group)));
      bytes -= sizeOf(batch);
      if (stopping.signal.aborted) return;
      if (bytes < inboxBytesMax) wakeAll(waiting);
    }
  }

  async function keepGroup(group: readonly Arrival[]): Promise<void> {
    const [first] = group;
    if (first === undefined) return;
    const frames = group.map((arrival) => arrival.frame);
    const stored = await keepAll(first.scope, frames);
    for (const { frame, settle } of stored === null ? [] : group) {
      settle(stored?.has(frame.defenderId) ? "durable" : "refused");
    }
  }

  const running = run();
  return {
    add(arrival) {
      queue.push(arrival);
      bytes += arrival.frame.body.length;
      ring();
    },
    isFull: () => bytes >= inboxBytesMax,
    whenRoom: (resume) => void waiting.add(resume),
    async close() {
      closed = true;
      ring();
      const deadline = setTimeout(() => stopping.abort(), stopWithinMs);
      await running;
      clearTimeout(deadline);
    },
  };
}

function takeBatch(queue: Arrival[]): readonly Arrival[] {
  let size = 0;
  let count = 0;
  for (const { frame } of queue) {
    size += frame.body.length;
    if (count > 0 && (count >= batchFramesMax || size > batchBytesMax)) break;
    count += 1;
  }
  return queue.splice(0, count);
}

function groupByProject(batch: readonly Arrival[]): readonly (readonly Arrival[])[] {
  return [...Map.groupBy(batch, (arrival) => arrival.scope.projectId).values()];
}

function sizeOf(batch: readonly Arrival[]): number {
  return batch.reduce((size, { frame }) => size + frame.body.length, 0);
}

function wakeAll(waiting: Set<() => void>): void {
  const woken = [...waiting];
  waiting.clear();
  for (const resume of woken) resume();
}
