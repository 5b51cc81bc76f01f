// A socket that carries reports:
//
//   opened --resume--> (look up what is durable) --ack--> reading <--> paused
//
// It pauses when too much of it waits for the database, and reads on when that was stored and acknowledged.
import { findDurableSequence, type FleetCtx } from "@rampart/fleet";
import {
  decodeDefenderBulkText,
  encodeFrame,
  splitReport,
  type ReportHeader,
  type ReportMessage,
} from "@rampart/protocol";
import { endForBadFrame, type Connection } from "./connection.ts";
import type { Inbox } from "./inbox.ts";
import { pendingBytesMax, pendingFramesMax } from "./limits.ts";

export type BulkLane = Readonly<{ text(text: string): Promise<void>; report(message: Uint8Array): void }>;

export function openBulkLane(connection: Connection, ctx: FleetCtx, inbox: Inbox): BulkLane {
  const { socket } = connection;
  const { defenderId } = connection.peer.defender;
  const acknowledge = acknowledger(connection);
  let epoch: string | null = null;
  let lastSequence = 0;
  let pendingFrames = 0;
  let pendingBytes = 0;

  function readOrPause(): void {
    const isOver = pendingFrames >= pendingFramesMax || pendingBytes >= pendingBytesMax;
    if (isOver || inbox.isFull()) {
      if (!socket.isPaused) socket.pause();
      if (!isOver) inbox.whenRoom(readOrPause);
    } else if (socket.isPaused) {
      socket.resume();
    }
  }

  function accept({ header, body }: ReportMessage): void {
    pendingFrames += 1;
    pendingBytes += body.length;
    inbox.add({
      scope: connection.peer.scope,
      frame: { defenderId, header, body },
      settle(outcome) {
        pendingFrames -= 1;
        pendingBytes -= body.length;
        if (outcome === "durable") acknowledge(header);
        else connection.send(encodeFrame(refused(header)));
        readOrPause();
      },
    });
    readOrPause();
  }

  return {
    async text(text) {
      const decoded = decodeDefenderBulkText(text);
      if (!decoded.ok) return endForBadFrame(connection, decoded.reason);
      const asked = decoded.frame.epoch;
      const sequence = await findDurableSequence(ctx, { defenderId, epoch: asked });
      epoch = asked;
      connection.send(encodeFrame({ type: "ack", epoch: asked, sequence }));
    },
    report(message) {
      const decoded = splitReport(message);
      if (!decoded.ok) return endForBadFrame(connection, decoded.reason);
      const { header } = decoded.frame;
      if (header.epoch !== epoch) return endForBadFrame(connection, "report of an epoch that was not resumed");
      if (header.sequence <= lastSequence) return endForBadFrame(connection, "report out of sequence");
      lastSequence = header.sequence;
      accept(decoded.frame);
    },
  };
}

function refused({ epoch, sequence }: ReportHeader) {
  return { type: "report.refused", epoch, sequence, message: "The report could not be stored." } as const;
}

/** A batch settles many reports of one socket in a row; one acknowledgement of the highest covers them. */
function acknowledger(connection: Connection): (header: ReportHeader) => void {
  let highest: ReportHeader | null = null;
  return (header) => {
    if (highest === null) {
      queueMicrotask(() => {
        if (highest === null) return;
        connection.send(encodeFrame({ type: "ack", epoch: highest.epoch, sequence: highest.sequence }));
        highest = null;
      });
    }
    highest = header;
  };
}
