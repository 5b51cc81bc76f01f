import { randomBytes } from "node:crypto";
import type { Database } from "@rampart/database";
import { randomIds } from "@rampart/database";
import { createEnrolmentToken } from "@rampart/fleet";
import { bindFleet } from "@rampart/fleet/bind";
import type { ProjectScope } from "@rampart/kernel";
import {
  decodeGatewayBulk,
  decodeGatewayControl,
  encodeFrame,
  encodeReport,
  joinReport,
  lanePaths,
  subprotocol,
  type DefenderReport,
  type GatewayBulkFrame,
  type GatewayControlFrame,
  type Heartbeat,
  type Hello,
  type LaneName,
} from "@rampart/protocol";
import { testCaller } from "@rampart/testing";
import { WebSocket } from "ws";
import { enrol } from "../../apps/defender/src/link/enrol.ts";
import { toTls, type Identity } from "../../apps/defender/src/link/identity.ts";
import { makeInbox, type Inbox } from "./awaited-frames.ts";

export type Lane<Frame> = Inbox<Frame> & Readonly<{ socket: WebSocket; send(message: string | Uint8Array): void }>;

/** A token as a person would ask for it on the page Defenders. */
export async function invite(
  database: Database,
  scope: ProjectScope,
  port: number,
): Promise<{ token: string; pin: string }> {
  const ctx = bindFleet({ database, addresses: { gatewayUrl: `https://localhost:${port}` } }, scope, testCaller());
  return createEnrolmentToken(ctx, { lifetimeMinutes: 60 });
}

/** A host that has enrolled with the Defender's own code. */
export async function enrolHost(
  database: Database,
  scope: ProjectScope,
  port: number,
  hostname = "web-1",
): Promise<Identity> {
  const { token, pin } = await invite(database, scope, port);
  return enrol({ gatewayUrl: `https://localhost:${port}`, token, pin, host: { hostname, defenderVersion: "0.1.0" } });
}

/** Opens one lane with the host's certificate, or with none. Rejects with the status when the gateway refuses. */
export function openLane(port: number, lane: LaneName, identity: Identity | null): Promise<WebSocket> {
  const socket = new WebSocket(`wss://localhost:${port}${lanePaths[lane]}`, subprotocol, {
    ...(identity === null ? { rejectUnauthorized: false } : toTls(identity)),
    perMessageDeflate: false,
  });
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve(socket));
    socket.once("unexpected-response", (_request, response) => {
      response.resume();
      reject(new Error(`status ${response.statusCode}`));
      socket.terminate();
    });
    socket.on("error", reject);
  });
}

export async function openControl(
  port: number,
  identity: Identity,
  said: Partial<Hello> = {},
): Promise<Lane<GatewayControlFrame>> {
  const socket = await openLane(port, "control", identity);
  const lane = toLane(socket, decodeGatewayControl);
  lane.send(encodeFrame({ ...hello, ...said }));
  return lane;
}

/** Opens the bulk lane and waits until the gateway has said what is durable. */
export async function openBulk(
  port: number,
  identity: Identity,
  epoch: string,
): Promise<{ lane: Lane<GatewayBulkFrame>; durable: number }> {
  const lane = toLane(await openLane(port, "bulk", identity), decodeGatewayBulk);
  lane.send(encodeFrame({ type: "resume", epoch }));
  return { lane, durable: (await lane.next("ack")).sequence };
}

export const newEpoch = (): string => randomIds.next();

const at = "2026-01-05T10:00:00.000Z";
const imageRemoved: DefenderReport = { type: "image.removed", at, imageId: `sha256:${"a".repeat(64)}` };

/** A small report, or one of about `bytes` on the wire. */
export async function newReport(epoch: string, sequence: number, bytes = 0): Promise<Uint8Array> {
  const body = bytes === 0 ? await encodeReport(imageRemoved) : randomBytes(bytes);
  return joinReport({ header: { type: "image.removed", epoch, sequence }, body });
}

const hello: Hello = {
  type: "hello",
  protocolVersions: [1],
  defenderVersion: "0.1.0",
  hostname: "web-1",
  epoch: randomIds.next(),
  startedAt: at,
  os: { id: "debian", versionId: "12", name: "Debian GNU/Linux 12" },
  kernel: "6.1.0",
  architecture: "x64",
  cpuCount: 2,
  memoryBytes: 4_000_000_000,
  engine: { kind: "docker", version: "28.0.0" },
  policyHash: null,
  features: [],
};

export function newHeartbeat(beat: number): Heartbeat {
  const spool = { frames: 0, bytes: 0, droppedFrames: 0 };
  return { type: "heartbeat", beat, spool, memoryBytes: 60_000_000, containers: 3, images: 2, duties: [] };
}

type Decode<Frame> = (text: string) => Readonly<{ ok: true; frame: Frame }> | Readonly<{ ok: false; reason: string }>;

function toLane<Frame extends { type: string }>(socket: WebSocket, decode: Decode<Frame>): Lane<Frame> {
  const inbox = makeInbox<Frame>(socket);
  socket.on("message", (bytes: Buffer) => {
    const decoded = decode(bytes.toString("utf8"));
    if (!decoded.ok) throw new Error(`the gateway said something unreadable: ${decoded.reason}`);
    inbox.add(decoded.frame);
  });
  return { ...inbox, socket, send: (message) => socket.send(message) };
}
