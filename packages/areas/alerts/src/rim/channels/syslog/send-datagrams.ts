import { createSocket, type Socket } from "node:dgram";
import { lookup } from "node:dns/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { SyslogSettings } from "../../../contract.ts";
import { datagramPauseMs, datagramsAtOnce, quietMs } from "./limits.ts";

/**
 * One datagram per message (RFC 5426). Nobody tells whether they arrive; only a host that is there and has no receiver
 * says so, and is heard because the socket is connected.
 */
export async function sendDatagrams(settings: SyslogSettings, messages: readonly Uint8Array[]): Promise<void> {
  const { address, family } = await lookup(settings.host);
  const socket = createSocket(family === 6 ? "udp6" : "udp4");
  const failed = new Promise<never>((_, reject) => socket.once("error", reject));
  failed.catch(() => undefined); // awaited below, whenever it happens
  try {
    await Promise.race([failed, connect(socket, settings.port, address)]);
    for (const [index, message] of messages.entries()) {
      await Promise.race([failed, send(socket, message)]);
      if (index % datagramsAtOnce === datagramsAtOnce - 1) await Promise.race([failed, pause(datagramPauseMs)]);
    }
    await Promise.race([failed, pause(quietMs.min)]);
  } finally {
    socket.close();
  }
}

function connect(socket: Socket, port: number, address: string): Promise<void> {
  return new Promise((resolve) => socket.connect(port, address, () => resolve()));
}

function send(socket: Socket, message: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => socket.send(message, (error) => (error ? reject(error) : resolve())));
}
