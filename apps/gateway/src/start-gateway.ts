import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { Database } from "@rampart/database";
import { certificateIssuer, openInstallation, saveGatewayNames } from "@rampart/fleet/bind";
import { enrolmentPath } from "@rampart/protocol";
import type { Sealer } from "@rampart/secrets";
import type { Logger } from "@rampart/telemetry";
import type { GatewayConfig } from "./config.ts";
import { openEnrolment } from "./enrolment.ts";
import { greetPeer } from "./handshake.ts";
import { answerJson, answerProblem, refuseUpgrade, type HttpProblem } from "./http-answer.ts";
import { openLanes, type Lanes } from "./lanes.ts";
import { listenForNotices } from "./notices.ts";
import { returnDelay } from "./return-delay.ts";
import { serverCertificateEveryMs, serverIdentity } from "./server-certificate.ts";

export type GatewaySettings = Readonly<{ config: GatewayConfig; database: Database; sealer: Sealer; logger: Logger }>;
export type RunningGateway = Readonly<{ port: number; close(): Promise<void> }>;

/** How long a peer may take for TLS, and for the head of its request. */
const handshakeMs = 10_000;

/** Starts the gateway. It decides nothing and knows nothing that another gateway could not take over. */
export async function startGateway(settings: GatewaySettings): Promise<RunningGateway> {
  const { config, database, sealer, logger } = settings;
  const installation = await openInstallation(database, sealer);
  await saveGatewayNames(database, config.listen.names);
  const issuer = certificateIssuer(sealer, installation);
  const lanes = openLanes({ database, issuer, logger, gatewayId: randomUUID(), version: config.version });
  const notices = await listenForNotices({ database, sessions: lanes.sessions, logger });

  const identity = () => serverIdentity(sealer, installation, config.listen.names);
  const server = createServer({
    ...(await identity()),
    requestCert: true,
    // The certificate is judged by the register of what was issued, not by the chain alone.
    rejectUnauthorized: false,
    handshakeTimeout: handshakeMs,
    headersTimeout: handshakeMs,
    requestTimeout: handshakeMs,
  });
  const renewal = setInterval(() => {
    identity().then(
      (fresh) => server.setSecureContext(fresh),
      (error: unknown) => logger.error({ err: error }, "the server certificate could not be renewed"),
    );
  }, serverCertificateEveryMs);

  server.on("request", answerRequests(openEnrolment({ database, issuer, logger })));
  server.on("upgrade", (request, socket, head) => {
    void upgrade({ request, socket, head }, settings, lanes);
  });
  server.on("tlsClientError", (error) => logger.debug({ err: error }, "TLS handshake failed"));
  await listening(server, config);
  const { port } = server.address() as AddressInfo; // listening on TCP
  logger.info({ host: config.listen.host, port, names: config.listen.names }, "gateway listening");
  return {
    port,
    async close() {
      clearInterval(renewal);
      server.close();
      await notices.close();
      await lanes.close();
      server.closeAllConnections();
    },
  };
}

function listening(server: Server, { listen }: GatewayConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(listen.port, listen.host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

type Enrol = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function answerRequests(enrol: Enrol): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    if (request.method === "POST" && request.url === enrolmentPath) return void enrol(request, response);
    if (request.method === "GET" && request.url === "/api/v1/_ping") return answerJson(response, 200, "OK");
    answerProblem(response, { status: 404, err: "There is nothing here.", reason: "gateway.path.unknown" });
  };
}

type Upgrade = Readonly<{ request: IncomingMessage; socket: Duplex; head: Buffer }>;

async function upgrade({ request, socket, head }: Upgrade, settings: GatewaySettings, lanes: Lanes): Promise<void> {
  const { config, database, logger } = settings;
  socket.on("error", (error) => logger.debug({ err: error }, "socket failed"));
  if (lanes.sessions.size() >= config.listen.socketsMax) return refuseUpgrade(socket, full());
  const handshake = await greetPeer(request, database, logger);
  if (!handshake.ok) return refuseUpgrade(socket, handshake.problem);
  lanes.accept(handshake.lane, handshake.peer, { request, socket, head });
}

function full(): HttpProblem {
  const retryAfterSeconds = Math.ceil(returnDelay(0) / 1000);
  return {
    status: 503,
    err: "This gateway holds as many sockets as it may.",
    reason: "gateway.sockets.full",
    retryAfterSeconds,
  };
}
