import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { X509Certificate } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { openConnection, type Connection, type Peer } from "./connection.ts";
import { watchLiveness, type Liveness } from "./liveness.ts";

const times = { pingEveryMs: 50, silenceMaxMs: 400 };
let server: WebSocketServer;
let liveness: Liveness;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  liveness = watchLiveness(times);
  await once(server, "listening");
});
afterEach(() => {
  liveness.close();
  server.close();
  for (const socket of server.clients) socket.terminate();
});

/** A watched socket of the gateway and its other end. */
async function connect(expiresAt: Date): Promise<{ connection: Connection; client: WebSocket }> {
  const { port } = server.address() as AddressInfo; // listening on TCP
  const arrived = once(server, "connection");
  const client = new WebSocket(`ws://127.0.0.1:${port}`);
  const [[socket]] = await Promise.all([arrived, once(client, "open")]);
  // Liveness reads only the end of the certificate's life.
  const peer = { defender: { expiresAt }, certificate: X509Certificate } as unknown as Peer;
  const connection = openConnection(socket, "control", peer);
  liveness.watch(connection);
  return { connection, client };
}

const inAYear = new Date(Date.now() + 365 * 86_400_000);

test("cuts a peer that answers nothing, and keeps one that only answers pings", async () => {
  const gone = await connect(inAYear);
  const quiet = await connect(inAYear);
  // Reads nothing any more: to the gateway this looks like a cable that was cut.
  gone.client.pause();
  await once(gone.connection.socket, "close");
  expect(quiet.connection.socket.readyState).toBe(WebSocket.OPEN);
});

test("does not judge a peer while the gateway itself has stopped reading", async () => {
  const paused = await connect(inAYear);
  const gone = await connect(inAYear);
  paused.connection.socket.pause();
  gone.client.pause();
  await once(gone.connection.socket, "close");
  expect(paused.connection.socket.readyState).toBe(WebSocket.OPEN);
});

test("ends a connection when its certificate does, and lets it come back at once", async () => {
  const { client } = await connect(new Date());
  const [code, reason] = await once(client, "close");
  expect([code, String(reason)]).toEqual([1012, "0 the certificate has expired"]);
});
