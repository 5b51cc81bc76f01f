import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls, TLSSocket } from "node:tls";
import type { ChannelSecrets, SyslogSettings } from "../../../contract.ts";
import { closeWithinMs, connectWithinMs, quietMs, writeWithinMs } from "./limits.ts";
import { watchSocket, type Watch } from "./watch-socket.ts";

/**
 * One connection to a receiver, for one batch of messages:
 *
 *   connect ─▶ write … write ─▶ quiet for two round trips ─▶ our end ─▶ the receiver's end ─▶ confirmed
 *
 * Syslog has no acknowledgement (RFC 6587, section 3), and a write succeeds as soon as our own system has taken the
 * bytes. But a receiver's system answers bytes that no program has read with a reset, so an orderly end in answer to
 * ours says that all was read. Anything else, above all an end before ours, leaves the whole batch unconfirmed.
 */
export type Stream = Readonly<{
  /** What the handshake agreed on, for people. */
  described: string;
  write(bytes: Uint8Array): Promise<void>;
  /** Closes in good order and waits until the receiver did too. */
  confirm(): Promise<void>;
  /** Closes without waiting for the receiver. */
  finish(): Promise<void>;
  /** Lets go of the connection, whatever its state. */
  destroy(): void;
}>;

export async function openStream(settings: SyslogSettings, secrets: ChannelSecrets): Promise<Stream> {
  const startedAt = performance.now();
  const socket =
    settings.transport === "tls" ? connectTls(tlsOptions(settings, secrets)) : connectTcp(destination(settings));
  const watch = watchSocket(socket);
  let isOpen = false;
  socket.once(settings.transport === "tls" ? "secureConnect" : "connect", () => {
    isOpen = true;
    watch.look();
  });
  try {
    const opened = await watch.until(() => isOpen || watch.hasEnded() || watch.isClosed(), connectWithinMs);
    if (!opened) throw new Error(silence(socket));
    if (!isOpen) throw closedEarly();
  } catch (error) {
    socket.destroy();
    throw error;
  }
  socket.setKeepAlive(true);
  const roundTripMs = performance.now() - startedAt;
  return {
    described: describeConnection(socket),
    write: (bytes) => write(socket, watch, bytes),
    confirm: () => confirm(socket, watch, roundTripMs),
    finish: () => finish(socket, watch),
    destroy: () => socket.destroy(),
  };
}

function silence(socket: Socket): string {
  const seconds = `${connectWithinMs / 1_000} s`;
  return socket instanceof TLSSocket && socket.remoteAddress !== undefined
    ? `the receiver takes connections but says nothing in TLS within ${seconds}; does this port expect plain TCP?`
    : `no answer within ${seconds}`;
}

function destination({ host, port }: SyslogSettings): { host: string; port: number } {
  return { host, port };
}

function tlsOptions(settings: SyslogSettings, secrets: ChannelSecrets) {
  const serverName = settings.serverName || (isIP(settings.host) === 0 ? settings.host : "");
  return {
    ...destination(settings),
    minVersion: "TLSv1.2" as const,
    ...(serverName !== "" && { servername: serverName }),
    ...(settings.ca !== "" && { ca: settings.ca }),
    ...(settings.clientCertificate !== "" && { cert: settings.clientCertificate, key: secrets.clientKey ?? "" }),
  };
}

function describeConnection(socket: Socket): string {
  const peer = `${socket.remoteAddress ?? "?"} port ${socket.remotePort ?? "?"}`;
  if (!(socket instanceof TLSSocket)) return `connected to ${peer}`;
  const { subject, valid_to: validTo } = socket.getPeerCertificate();
  const name = [subject?.CN ?? "unknown"].flat().join(", ");
  return `${socket.getProtocol() ?? "TLS"} with ${peer}, certificate of ${name}, valid until ${validTo}`;
}

async function write(socket: Socket, watch: Watch, bytes: Uint8Array): Promise<void> {
  if (watch.hasEnded() || watch.isClosed()) throw closedEarly();
  let taken = false;
  socket.write(bytes, () => {
    taken = true;
    watch.look();
  });
  const settled = await watch.until(() => taken || watch.hasEnded() || watch.isClosed(), writeWithinMs);
  if (!settled) throw new Error(`the receiver reads nothing: nothing was taken within ${writeWithinMs / 1_000} s`);
  if (watch.hasEnded() || watch.isClosed()) throw closedEarly();
}

async function confirm(socket: Socket, watch: Watch, roundTripMs: number): Promise<void> {
  // A receiver that went away before it got our bytes shows it within a round trip, by its end or by a reset. After
  // this silence, an end can only be the answer to ours.
  const quiet = Math.min(Math.max(2 * roundTripMs, quietMs.min), quietMs.max);
  if (await watch.until(() => watch.hasEnded() || watch.isClosed(), quiet)) throw closedEarly();
  socket.end();
  const answered = await watch.until(() => watch.hasEnded() || watch.isClosed(), closeWithinMs);
  if (!answered)
    throw new Error(
      `the receiver did not close the connection within ${closeWithinMs / 1_000} s, so it may not have read everything`,
    );
  if (!watch.hasEnded()) throw closedEarly();
}

async function finish(socket: Socket, watch: Watch): Promise<void> {
  socket.end();
  await watch.until(() => socket.writableFinished || watch.isClosed(), writeWithinMs);
}

function closedEarly(): Error {
  return new Error("the receiver closed the connection before everything was sent");
}
