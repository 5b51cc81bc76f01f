import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import type { Database } from "@rampart/database";
import { admissionSentences, admitCertificate } from "@rampart/fleet/bind";
import { Outage } from "@rampart/kernel";
import { lanePaths, subprotocol, type LaneName } from "@rampart/protocol";
import type { Logger } from "@rampart/telemetry";
import { toPeer, type Peer } from "./connection.ts";
import type { HttpProblem } from "./http-answer.ts";

export type Handshake =
  | Readonly<{ ok: true; lane: LaneName; peer: Peer }>
  | Readonly<{ ok: false; problem: HttpProblem }>;

/** Decides whether an upgrade request may become a socket, and for which Defender it speaks. */
export async function greetPeer(request: IncomingMessage, database: Database, logger: Logger): Promise<Handshake> {
  const lane = laneOf(request.url ?? "");
  if (lane === null) return refuse({ status: 404, err: "There is nothing here.", reason: "gateway.path.unknown" });
  if (!offersSubprotocol(request)) {
    return refuse({
      status: 400,
      err: `Ask for the subprotocol ${subprotocol}.`,
      reason: "gateway.subprotocol.missing",
    });
  }
  const certificate = request.socket instanceof TLSSocket ? request.socket.getPeerX509Certificate() : undefined;
  if (certificate === undefined) {
    return refuse({ status: 401, err: "A client certificate is needed.", reason: "gateway.certificate.missing" });
  }
  try {
    const admitted = await admitCertificate(database, certificate, new Date());
    const remoteAddress = request.socket.remoteAddress ?? null;
    if (admitted.outcome === "admitted") return { ok: true, lane, peer: toPeer(admitted, certificate, remoteAddress) };
    const { outcome } = admitted;
    logger.info({ outcome, address: remoteAddress, subject: certificate.subject }, "connection refused");
    return refuse({ status: 401, err: admissionSentences[outcome], reason: `gateway.${outcome}` });
  } catch (error) {
    logger[error instanceof Outage ? "warn" : "error"]({ err: error }, "handshake failed");
    return refuse(notReady);
  }
}

const notReady: HttpProblem = {
  status: 503,
  err: "The installation is not ready; try again shortly.",
  reason: "gateway.database.away",
  retryAfterSeconds: 5,
};

function refuse(problem: HttpProblem): Handshake {
  return { ok: false, problem };
}

function laneOf(url: string): LaneName | null {
  const path = url.split("?", 1)[0];
  if (path === lanePaths.control) return "control";
  return path === lanePaths.bulk ? "bulk" : null;
}

function offersSubprotocol(request: IncomingMessage): boolean {
  const offered = request.headers["sec-websocket-protocol"] ?? "";
  return offered.split(",").some((name) => name.trim() === subprotocol);
}
