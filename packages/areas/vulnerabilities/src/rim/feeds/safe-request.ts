import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { checkLiteral, reachableLookup } from "@rampart/inspection/net";
import type { FeedAccess } from "../../contract.ts";
import { feedLimits } from "./limits.ts";

export type Asking = Readonly<{ headers: Readonly<Record<string, string>>; access: FeedAccess }>;

/** Asks an http(s) address. Nobody is followed elsewhere: an answer that redirects is an error. */
export function safeRequest(address: URL, { headers, access }: Asking): Promise<IncomingMessage> {
  const send = address.protocol === "https:" ? httpsRequest : httpRequest;
  const signal = AbortSignal.timeout(feedLimits.downloadMs);
  return new Promise((resolve, reject) => {
    // A mirror inside the own network stays reachable.
    checkLiteral(address.hostname, "anywhere");
    const options = { headers: { ...headers, ...authorization(access) }, lookup: reachableLookup("anywhere"), signal };
    const ca = access.caCertificate === null ? {} : { ca: access.caCertificate };
    const request = send(address, { ...options, ...ca }, (answer) => {
      const status = answer.statusCode ?? 0;
      if (usable.has(status)) return resolve(answer);
      answer.destroy();
      reject(new Error(whyUnusable(status, access)));
    });
    request.on("error", (error) => reject(isUnknownAuthority(error) ? unknownAuthority(error, access) : error));
    request.end();
  });
}

/** Whole, unchanged, or only what has changed (RFC 3229). */
const usable: ReadonlySet<number> = new Set([200, 226, 304]);

function authorization({ credential }: FeedAccess): Readonly<Record<string, string>> {
  if (credential === null) return {};
  if (credential.kind === "bearer") return { authorization: `Bearer ${credential.token}` };
  const text = Buffer.from(`${credential.username}:${credential.password}`).toString("base64");
  return { authorization: `Basic ${text}` };
}

function whyUnusable(status: number, { credential }: FeedAccess): string {
  const answered = `answered with status ${status}`;
  if (status >= 300 && status < 400)
    return `${answered}: it sends elsewhere, where it is not followed; give that address`;
  if (status === 401)
    return `${answered}: ${credential === null ? "it asks for a credential" : "it refuses the credential"}`;
  if (status === 403) return `${answered}: the credential has no right to read this`;
  return answered;
}

const authorityErrors: ReadonlySet<string> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

function isUnknownAuthority(error: Error): boolean {
  return "code" in error && typeof error.code === "string" && authorityErrors.has(error.code);
}

function unknownAuthority(cause: Error, { caCertificate }: FeedAccess): Error {
  const advice =
    caCertificate === null
      ? "no authority that is known here vouches for its certificate; give the certificate of its own authority"
      : "the given authority does not vouch for its certificate";
  return new Error(advice, { cause });
}
