import {
  decodeGatewayBulk,
  encodeFrame,
  reportBytesInFlightMax,
  reportsInFlightMax,
  type GatewayBulkFrame,
} from "@rampart/protocol";
import type { Log } from "../log.ts";
import type { LaneSocket } from "./lane-socket.ts";
import type { Spool } from "./spool/spool.ts";

export type BulkLane = Readonly<{ onText(text: string): void; begin(socket: LaneSocket): Promise<void>; end(): void }>;

/**
 * Sends reports from the spool, in order, from the first that the gateway does not have:
 *
 *   resume --> ack (what is durable) --> report, report, … <-- ack, ack, …
 *
 * Only so many are on the way at a time; acknowledgements make room for the next.
 */
export function bulkLane(spool: Spool, log: Log): BulkLane {
  let socket: LaneSocket | null = null;
  const onTheWay = sentReports();
  let lastSent = -1;
  let isPumping = false;
  const stopListening = spool.onAppend(() => void pump());

  async function pump(): Promise<void> {
    if (isPumping || lastSent < 0) return;
    isPumping = true;
    try {
      while (socket !== null && onTheWay.hasRoom()) {
        const report = await spool.read(lastSent);
        if (report === null || socket === null) break;
        lastSent = report.sequence;
        onTheWay.add(report.sequence, report.message.length);
        await socket.send(report.message);
      }
    } catch (error) {
      // The socket is about to end; whatever was on the way is read again then.
      log.debug({ error }, "sending stopped");
    } finally {
      isPumping = false;
    }
  }

  async function take(frame: GatewayBulkFrame): Promise<void> {
    if (frame.epoch !== spool.epoch) return;
    if (frame.type === "report.refused") {
      log.warn({ sequence: frame.sequence, reason: frame.message }, "the gateway refused a report");
      onTheWay.remove(frame.sequence);
    } else {
      onTheWay.removeUpTo(frame.sequence);
      await spool.acknowledge(frame.sequence);
      if (lastSent < 0) lastSent = frame.sequence;
    }
    await pump();
  }

  return {
    onText(text) {
      const decoded = decodeGatewayBulk(text);
      if (!decoded.ok) return log.warn({ reason: decoded.reason }, "a frame of the gateway cannot be read");
      take(decoded.frame).catch((error: unknown) => log.error({ error }, "an acknowledgement could not be kept"));
    },
    async begin(opened) {
      socket = opened;
      onTheWay.clear();
      lastSent = -1;
      void opened.ended.then(() => {
        if (socket === opened) socket = null;
      });
      await opened.send(encodeFrame({ type: "resume", epoch: spool.epoch }));
    },
    end: stopListening,
  };
}

/** Reports that were sent and are not acknowledged, oldest first. */
function sentReports() {
  const bytesBySequence = new Map<number, number>();
  let bytes = 0;
  const remove = (sequence: number): void => {
    bytes -= bytesBySequence.get(sequence) ?? 0;
    bytesBySequence.delete(sequence);
  };
  return {
    /** One report may always go, however large it is. */
    hasRoom: () =>
      bytesBySequence.size === 0 || (bytesBySequence.size < reportsInFlightMax && bytes < reportBytesInFlightMax),
    add(sequence: number, length: number) {
      bytesBySequence.set(sequence, length);
      bytes += length;
    },
    remove,
    removeUpTo(sequence: number) {
      for (const sent of bytesBySequence.keys()) {
        if (sent > sequence) break;
        remove(sent);
      }
    },
    clear() {
      bytesBySequence.clear();
      bytes = 0;
    },
  };
}
