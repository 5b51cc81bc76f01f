import { decodeGatewayBulk, encodeFrame, reportBytesInFlightMax, reportsInFlightMax, type GatewayBulkFrame } from "@rampart/protocol";
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
  /** Bytes on the way by sequence, oldest first. */
  const inFlight = new Map<number, number>();
  let bytesInFlight = 0;
  let lastSent = -1;
  let isPumping = false;
  const stopListening = spool.onAppend(() => void pump());

  const hasRoom = () => inFlight.size === 0 || (inFlight.size < reportsInFlightMax && bytesInFlight < reportBytesInFlightMax);

  async function pump(): Promise<void> {
    if (isPumping || lastSent < 0) return;
    isPumping = true;
    try {
      while (socket !== null && hasRoom()) {
        const report = await spool.read(lastSent);
        if (report === null || socket === null) break;
        lastSent = report.sequence;
        inFlight.set(report.sequence, report.message.length);
        bytesInFlight += report.message.length;
        await socket.send(report.message);
      }
    } catch (error) {
      // The socket is about to end; whatever was on the way is read again then.
      log.debug({ error }, "sending stopped");
    } finally {
      isPumping = false;
    }
  }

  function settle(sequence: number): void {
    for (const [sent, bytes] of inFlight) {
      if (sent > sequence) break;
      inFlight.delete(sent);
      bytesInFlight -= bytes;
    }
  }

  async function take(frame: GatewayBulkFrame): Promise<void> {
    if (frame.epoch !== spool.epoch) return;
    if (frame.type === "report.refused") {
      log.warn({ sequence: frame.sequence, reason: frame.message }, "the gateway refused a report");
      bytesInFlight -= inFlight.get(frame.sequence) ?? 0;
      inFlight.delete(frame.sequence);
    } else {
      settle(frame.sequence);
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
      inFlight.clear();
      bytesInFlight = 0;
      lastSent = -1;
      void opened.ended.then(() => {
        if (socket === opened) socket = null;
      });
      await opened.send(encodeFrame({ type: "resume", epoch: spool.epoch }));
    },
    end: stopListening,
  };
}
