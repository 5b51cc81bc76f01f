import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Database } from "@rampart/database";
import {
  disconnectDefenders,
  keepFrames,
  recordHeartbeats,
  type CertificateIssuer,
  type FleetCtx,
} from "@rampart/fleet";
import { bindFleet, bindIssuingFleet } from "@rampart/fleet/bind";
import { Outage, type Caller, type ProjectScope } from "@rampart/kernel";
import {
  bulkMessageMax,
  closeCodes,
  controlMessageMax,
  helloWithinMs,
  subprotocol,
  type LaneName,
} from "@rampart/protocol";
import type { Logger } from "@rampart/telemetry";
import { WebSocketServer, type RawData } from "ws";
import { openBulkLane } from "./bulk-lane.ts";
import { endForBadFrame, openConnection, type Connection, type Peer } from "./connection.ts";
import { openControlLane } from "./control-lane.ts";
import { openInbox } from "./inbox.ts";
import { openLeaseBook, type LeaseChanges } from "./lease-book.ts";
import { watchLiveness } from "./liveness.ts";
import { returnDelay } from "./return-delay.ts";
import { openSessionTable, type SessionTable } from "./session-table.ts";

export type LaneSettings = Readonly<{
  database: Database;
  issuer: CertificateIssuer;
  logger: Logger;
  gatewayId: string;
  version: string;
}>;

type Upgrade = Readonly<{ request: IncomingMessage; socket: Duplex; head: Buffer }>;

export type Lanes = Readonly<{
  sessions: SessionTable;
  accept(lane: LaneName, peer: Peer, upgrade: Upgrade): void;
  /** Tells every Defender when to come back, stores what has arrived, and cuts what is left. */
  close(): Promise<void>;
}>;

/** What a lane does with the frames of one connection. */
type Reader = Readonly<{ text(text: string): Promise<void>; binary(bytes: Uint8Array): void; close(): void }>;

const gatewayCaller: Caller = {
  kind: "system",
  id: "gateway",
  name: "gateway",
  permissions: new Set(["fleet.read", "fleet.write"]),
};
/** Leases written in one statement. */
const leasesAtOnceMax = 2_000;

export function openLanes(settings: LaneSettings): Lanes {
  const { database, logger } = settings;
  const bind = (scope: ProjectScope): FleetCtx => bindFleet({ database }, scope, gatewayCaller);
  const sessions = openSessionTable();
  const liveness = watchLiveness();
  const inbox = openInbox((scope, frames) => keepFrames(bind(scope), frames), logger);
  const leases = openLeaseBook((scope, changes) => writeLeases(bind(scope), changes), logger);
  let closing = false;
  const servers = { control: laneServer(controlMessageMax), bulk: laneServer(bulkMessageMax) } as const;

  function readerOf(connection: Connection): Reader {
    const { scope, caller } = connection.peer;
    if (connection.lane === "bulk") {
      const lane = openBulkLane(connection, bindFleet({ database }, scope, caller), inbox);
      return { text: lane.text, binary: lane.report, close: () => undefined };
    }
    const { issuer, gatewayId, version } = settings;
    const ctx = bindIssuingFleet({ database, issuer }, scope, caller);
    const lane = openControlLane(connection, { ctx, leases, gatewayId, version });
    return { text: lane.text, binary: () => endForBadFrame(connection, "control frames are text"), close: lane.close };
  }

  function open(connection: Connection): void {
    const { socket } = connection;
    const reader = readerOf(connection);
    sessions.enter(connection);
    liveness.watch(connection);
    const timer = setTimeout(() => endForBadFrame(connection, "nothing was said"), helloWithinMs);
    socket.once("message", () => clearTimeout(timer));
    socket.on("message", (bytes: RawData, isBinary) => {
      // `nodebuffer` is the type of binary messages that the server was opened with.
      const message = bytes as Buffer;
      if (isBinary) return reader.binary(message);
      reader.text(message.toString("utf8")).catch((error: unknown) => endAfterFailure(connection, error, logger));
    });
    socket.on("error", (error) => logger.info({ err: error, ...named(connection) }, "socket failed"));
    socket.once("close", (code) => {
      clearTimeout(timer);
      sessions.leave(connection);
      reader.close();
      logger.debug({ code, ...named(connection) }, "socket closed");
    });
    logger.debug(named(connection), "socket opened");
  }

  return {
    sessions,
    accept(lane, peer, { request, socket, head }) {
      servers[lane].handleUpgrade(request, socket, head, (opened) => {
        const connection = openConnection(opened, lane, peer);
        if (closing) connection.end(closeCodes.returnLater, "the gateway restarts", returnDelay(0));
        else open(connection);
      });
    },
    async close() {
      closing = true;
      liveness.close();
      const connections = sessions.all();
      for (const connection of connections) {
        connection.end(closeCodes.returnLater, "the gateway restarts", returnDelay(connections.length));
      }
      await inbox.close();
      await leases.close();
      for (const connection of sessions.all()) connection.socket.terminate();
    },
  };
}

function laneServer(maxPayload: number): WebSocketServer {
  return new WebSocketServer({
    noServer: true,
    maxPayload,
    perMessageDeflate: false,
    handleProtocols: () => subprotocol,
  });
}

async function writeLeases(ctx: FleetCtx, { beats, ended }: LeaseChanges): Promise<void> {
  for (let from = 0; from < beats.length; from += leasesAtOnceMax) {
    await recordHeartbeats(ctx, beats.slice(from, from + leasesAtOnceMax));
  }
  await disconnectDefenders(ctx, ended);
}

/** Trouble of ours: the Defender comes back a little later, and what was not acknowledged comes again. */
function endAfterFailure(connection: Connection, error: unknown, logger: Logger): void {
  logger[error instanceof Outage ? "warn" : "error"](
    { err: error, ...named(connection) },
    "a frame could not be answered",
  );
  connection.end(closeCodes.returnLater, "the gateway could not answer", returnDelay(0));
}

function named({ lane, peer }: Connection): object {
  const { projectId, defenderId, hostname } = peer.defender;
  return { lane, project: projectId, defender: defenderId, host: hostname };
}
