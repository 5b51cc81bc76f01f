import { getDefenderPolicy } from "@rampart/fleet";
import { bindFleet, fleetChannel, readFleetNotice, admitCertificate } from "@rampart/fleet/bind";
import type { Database } from "@rampart/database";
import { closeCodes, encodeFrame } from "@rampart/protocol";
import type { Logger } from "@rampart/telemetry";
import type { Connection } from "./connection.ts";
import type { SessionTable } from "./session-table.ts";

export type NoticeSettings = Readonly<{ database: Database; sessions: SessionTable; logger: Logger }>;

/** Hears what other processes have for the sockets of this gateway. */
export async function listenForNotices(settings: NoticeSettings): Promise<{ close(): Promise<void> }> {
  const { database, logger } = settings;
  return database.listen(fleetChannel, (payload) => {
    const heard = payload === "" ? catchUp(settings) : obey(settings, payload);
    heard.catch((error: unknown) => logger.warn({ err: error }, "a notice could not be followed"));
  });
}

async function obey({ database, sessions }: NoticeSettings, payload: string): Promise<void> {
  const notice = readFleetNotice(payload);
  if (notice === null) return;
  if (notice.kind === "policy") return pushPolicy(database, sessions.ofProject("control", notice.projectId));
  const control = sessions.find("control", notice.defenderId);
  if (notice.kind === "nudge") return control?.send(encodeFrame({ type: "nudge", work: notice.work }));
  for (const connection of [control, sessions.find("bulk", notice.defenderId)]) {
    connection?.end(closeCodes.notEnrolled, "the certificate was revoked");
  }
}

/** All sockets are of one project. */
async function pushPolicy(database: Database, connections: readonly Connection[]): Promise<void> {
  const [first] = connections;
  if (first === undefined) return;
  const { hash, body } = await getDefenderPolicy(bindFleet({ database }, first.peer.scope, first.peer.caller));
  const frame = encodeFrame({ type: "policy.snapshot", hash, body });
  for (const connection of connections) connection.send(frame);
}

/** The listening connection was away, and notices with it: asks for everything that may have changed. */
async function catchUp({ database, sessions, logger }: NoticeSettings): Promise<void> {
  const byProject = Map.groupBy(sessions.all(), (connection) => connection.peer.scope.projectId);
  for (const connections of byProject.values()) {
    await pushPolicy(
      database,
      connections.filter((connection) => connection.lane === "control"),
    );
    for (const connection of connections) await recheck(database, connection);
  }
  logger.info({ sockets: sessions.size() }, "caught up after the notices were away");
}

async function recheck(database: Database, connection: Connection): Promise<void> {
  const { certificate } = connection.peer;
  const { outcome } = await admitCertificate(database, certificate, new Date());
  if (outcome !== "admitted") connection.end(closeCodes.notEnrolled, outcome);
}
