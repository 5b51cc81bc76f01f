import { randomUUID, type X509Certificate } from "node:crypto";
import { closeCodes, toCloseReason, type CloseCode, type LaneName } from "@rampart/protocol";
import type { AdmittedDefender } from "@rampart/fleet/bind";
import type { Caller, ProjectScope } from "@rampart/kernel";
import { grantScope } from "@rampart/kernel/grant";
import type { WebSocket } from "ws";

/** Who is at the other end, all of it from the certificate. */
export type Peer = Readonly<{
  defender: AdmittedDefender;
  scope: ProjectScope;
  caller: Caller;
  remoteAddress: string | null;
  certificate: X509Certificate;
}>;

/** One socket of a Defender. */
export type Connection = Readonly<{
  id: string;
  lane: LaneName;
  peer: Peer;
  socket: WebSocket;
  send(frame: string): void;
  /** Ends the socket for good, asking the Defender to come back after a delay or not at all. */
  end(code: CloseCode, text: string, returnAfterMs?: number): void;
}>;

/** A peer that does not answer a close frame is cut off after this long. */
const closeWithinMs = 2_000;

export function toPeer(defender: AdmittedDefender, certificate: X509Certificate, remoteAddress: string | null): Peer {
  const { tenantId, projectId, defenderId, hostname } = defender;
  return {
    defender,
    remoteAddress,
    certificate,
    scope: grantScope(tenantId, projectId),
    caller: {
      kind: "defender",
      id: defenderId,
      name: hostname,
      permissions: new Set(["fleet.read", "fleet.write"]),
      ...(remoteAddress !== null && { sourceIp: remoteAddress }),
    },
  };
}

export function openConnection(socket: WebSocket, lane: LaneName, peer: Peer): Connection {
  return {
    id: randomUUID(),
    lane,
    peer,
    socket,
    send(frame) {
      if (socket.readyState === socket.OPEN) socket.send(frame);
    },
    end(code, text, returnAfterMs) {
      if (socket.readyState !== socket.OPEN) return;
      // A paused socket would never read the answer to the close frame.
      if (socket.isPaused) socket.resume();
      socket.close(code, toCloseReason({ returnAfterMs: returnAfterMs ?? null, text }));
      setTimeout(() => socket.terminate(), closeWithinMs).unref();
    },
  };
}

/** Ends a socket whose frame could not be read, with the reason for whoever debugs the Defender. */
export function endForBadFrame(connection: Connection, reason: string): void {
  connection.end(closeCodes.badFrame, reason);
}
