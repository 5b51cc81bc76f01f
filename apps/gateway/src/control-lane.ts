// A socket that carries everything else:
//
//   opened --hello--> (record, fetch the policy) --welcome--> live: heartbeat, policy.applied, certificate.renew
//
// A heartbeat is answered before anything is stored; the other frames are answered one after the other.
import {
  connectDefender,
  getDefenderPolicy,
  recordPolicyOutcome,
  renewCertificate,
  type IssuingFleetCtx,
} from "@rampart/fleet";
import { Refusal } from "@rampart/kernel";
import {
  agreeVersion,
  closeCodes,
  decodeDefenderControl,
  encodeFrame,
  type DefenderControlFrame,
  type Heartbeat,
  type Hello,
} from "@rampart/protocol";
import { endForBadFrame, type Connection } from "./connection.ts";
import type { LeaseBook } from "./lease-book.ts";
import { controlFrames, controlWaitingMax } from "./limits.ts";
import { tokenBucket } from "./rate-limit.ts";

export type ControlSettings = Readonly<{
  ctx: IssuingFleetCtx;
  leases: LeaseBook;
  gatewayId: string;
  version: string;
}>;

export type ControlLane = Readonly<{ text(text: string): Promise<void>; close(): void }>;

export function openControlLane(connection: Connection, settings: ControlSettings): ControlLane {
  const rate = tokenBucket(controlFrames, performance.now());
  let greeted: "no" | "greeting" | "yes" = "no";
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();

  /** Frames that need the database wait for each other, so that a Defender cannot keep more than one query busy. */
  async function inTurn(work: () => Promise<void>): Promise<void> {
    if (waiting >= controlWaitingMax) return endForBadFrame(connection, "too many frames wait for an answer");
    waiting += 1;
    const turn = last.catch(() => undefined).then(work);
    last = turn;
    await turn.finally(() => (waiting -= 1));
  }

  async function answer(frame: DefenderControlFrame): Promise<void> {
    if (frame.type === "hello") {
      if (greeted !== "no") return endForBadFrame(connection, "hello is said once");
      greeted = "greeting";
      await inTurn(() => greet(connection, settings, frame));
      greeted = "yes";
      return;
    }
    if (greeted === "no") return endForBadFrame(connection, "the first frame is hello");
    if (frame.type === "heartbeat") return seeHeartbeat(connection, settings, frame);
    if (frame.type === "policy.applied") return inTurn(() => notePolicy(connection, settings, frame));
    return inTurn(() => renew(connection, settings, frame));
  }

  return {
    async text(text) {
      if (!rate.take(performance.now())) return endForBadFrame(connection, "too many control frames");
      const decoded = decodeDefenderControl(text);
      if (!decoded.ok) return endForBadFrame(connection, decoded.reason);
      await answer(decoded.frame);
    },
    close() {
      const { defenderId } = connection.peer.defender;
      if (greeted !== "no") settings.leases.end(connection.peer.scope, { defenderId, connectionId: connection.id });
    },
  };
}

async function greet(
  connection: Connection,
  { ctx, gatewayId, version }: ControlSettings,
  hello: Hello,
): Promise<void> {
  const protocolVersion = agreeVersion(hello.protocolVersions);
  if (protocolVersion === null) {
    return connection.end(closeCodes.versionRefused, "this gateway speaks none of the protocol versions offered");
  }
  const { defender, remoteAddress } = connection.peer;
  const { defenderId, expiresAt, renewAfter } = defender;
  await connectDefender(ctx, { defenderId, connectionId: connection.id, gatewayId, remoteAddress, hello });
  const { policy, hash, body } = await getDefenderPolicy(ctx);
  connection.send(
    encodeFrame({
      type: "welcome",
      protocolVersion,
      gatewayVersion: version,
      now: new Date().toISOString(),
      heartbeatSeconds: policy.heartbeatSeconds,
      policyHash: hash,
      certificate: { expiresAt: expiresAt.toISOString(), renewAfter: renewAfter.toISOString() },
    }),
  );
  if (hello.policyHash !== hash) connection.send(encodeFrame({ type: "policy.snapshot", hash, body }));
}

function seeHeartbeat(connection: Connection, { leases }: ControlSettings, beat: Heartbeat): void {
  connection.send(encodeFrame({ type: "heartbeat.seen", beat: beat.beat }));
  const { defenderId } = connection.peer.defender;
  leases.beat(connection.peer.scope, { defenderId, connectionId: connection.id, at: new Date(), beat });
}

type Frame<Type extends DefenderControlFrame["type"]> = Extract<DefenderControlFrame, { type: Type }>;

async function notePolicy(
  connection: Connection,
  { ctx }: ControlSettings,
  { hash, problem }: Frame<"policy.applied">,
): Promise<void> {
  await recordPolicyOutcome(ctx, { defenderId: connection.peer.defender.defenderId, hash, problem: problem ?? null });
}

/** While the database is away there is no answer: the Defender asks again after its own time-out. */
async function renew(
  connection: Connection,
  { ctx }: ControlSettings,
  { requestId, csr }: Frame<"certificate.renew">,
): Promise<void> {
  try {
    const { defenderId } = connection.peer.defender;
    const { certificate, chain, expiresAt, renewAfter } = await renewCertificate(ctx, { defenderId, csr });
    const issued = { certificate, chain: [...chain], expiresAt, renewAfter };
    connection.send(encodeFrame({ type: "certificate.issued", requestId, ...issued }));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    connection.send(encodeFrame({ type: "request.refused", requestId, reason: error.reason, message: error.message }));
  }
}
