import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { Outage } from "@rampart/kernel";
import { checkLiteral, reachableLookup, type Reach } from "../../net/reachable-address.ts";

/** No byte for this long ends a request. */
const idleMsMax = 60_000;

export type Sending = Readonly<{
  /** What errors call the other side. */
  system: string;
  headers: Readonly<Record<string, string>>;
  reach: Reach;
  caCertificate: string | undefined;
  signal: AbortSignal | undefined;
}>;

/** Sends one request, and follows nobody. Throws an Outage when there is no answer. */
export function sendRequest(address: URL, sending: Sending): Promise<IncomingMessage> {
  const { system, headers, reach, caCertificate, signal } = sending;
  const request = address.protocol === "https:" ? httpsRequest : httpRequest;
  const options = {
    headers: { "user-agent": "rampart", ...headers },
    lookup: reachableLookup(reach),
    timeout: idleMsMax,
    ...(signal !== undefined && { signal }),
    ...(caCertificate !== undefined && { ca: caCertificate }),
  };
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(new Outage(system, error));
    try {
      checkLiteral(address.hostname, reach);
    } catch (error) {
      return fail(error);
    }
    const asked = request(address, options, resolve);
    asked.once("timeout", () => asked.destroy(new Error(`no answer within ${idleMsMax} ms`)));
    asked.once("error", fail);
    asked.end();
  });
}

/** Where an answer sends on; null when it does not. */
export function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | null {
  const isRedirect = [301, 302, 303, 307, 308].includes(statusCode);
  return isRedirect && headers.location !== undefined ? new URL(headers.location, from) : null;
}
