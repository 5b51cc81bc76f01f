import { Outage } from "@rampart/kernel";
import {
  bulkMessageMax,
  controlMessageMax,
  lanePaths,
  pingEveryMs,
  readCloseReason,
  silenceMaxMs,
  subprotocol,
  type LaneName,
} from "@rampart/protocol";
import { WebSocket } from "ws";
import type { TlsIdentity } from "./identity.ts";

export type LaneEnd = Readonly<{ code: number; returnAfterMs: number | null; text: string }>;

export type LaneSocket = Readonly<{
  /** Resolves when the bytes have left this process, so that a slow gateway slows the sender. */
  send(message: string | Uint8Array): Promise<void>;
  close(): void;
  ended: Promise<LaneEnd>;
}>;

export type LaneAddress = Readonly<{ gatewayUrl: string; lane: LaneName; tls: TlsIdentity }>;

const handshakeTimeoutMs = 10_000;
const closedNormally = 1000;
const closedAbnormally = 1006;

/**
 * Opens one lane to the gateway. A connection on which nothing is heard any more, not even the answer to a ping, is
 * torn down: the other side may be gone without a word.
 */
export function openLaneSocket(
  { gatewayUrl, lane, tls }: LaneAddress,
  onText: (text: string) => void,
): Promise<LaneSocket> {
  const url = new URL(lanePaths[lane], gatewayUrl);
  url.protocol = "wss:";
  const socket = new WebSocket(url, subprotocol, {
    ...tls,
    minVersion: "TLSv1.3",
    handshakeTimeout: handshakeTimeoutMs,
    perMessageDeflate: false,
    // The gateway sends only text, and on the bulk lane only acknowledgements.
    maxPayload: lane === "control" ? controlMessageMax : Math.min(controlMessageMax, bulkMessageMax),
  });
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve(openedLane(socket, onText)));
    socket.once("unexpected-response", (_request, response) => {
      reject(new LaneRefused(response.statusCode ?? 0));
      response.destroy();
      socket.terminate();
    });
    socket.on("error", (cause) => reject(new Outage("the gateway", cause)));
  });
}

/** The gateway answered the upgrade with a status instead of a socket. */
export class LaneRefused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`the gateway refused the connection with status ${status}`);
    this.status = status;
  }
}

function openedLane(socket: WebSocket, onText: (text: string) => void): LaneSocket {
  const stopWatching = watchSilence(socket);
  socket.on("message", (bytes: Buffer, isBinary) => {
    if (!isBinary) onText(bytes.toString("utf8"));
  });
  const ended = new Promise<LaneEnd>((resolve) => {
    socket.once("close", (code, reason) => {
      stopWatching();
      resolve({ code: code === 0 ? closedAbnormally : code, ...readCloseReason(reason.toString("utf8")) });
    });
  });
  return {
    ended,
    send: (message) =>
      new Promise((resolve, reject) => {
        socket.send(message, (cause) => (cause ? reject(new Outage("the gateway", cause)) : resolve()));
      }),
    close: () => socket.close(closedNormally),
  };
}

function watchSilence(socket: WebSocket): () => void {
  let heardAtMs = performance.now();
  const hear = () => void (heardAtMs = performance.now());
  socket.on("message", hear);
  socket.on("ping", hear);
  socket.on("pong", hear);
  const timer = setInterval(() => {
    if (performance.now() - heardAtMs > silenceMaxMs) socket.terminate();
    else if (socket.readyState === WebSocket.OPEN) socket.ping();
  }, pingEveryMs);
  return () => clearInterval(timer);
}
