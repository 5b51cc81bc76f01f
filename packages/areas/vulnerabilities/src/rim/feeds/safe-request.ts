import { lookup } from "node:dns";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { BlockList, isIP, isIPv6, type LookupFunction } from "node:net";
import type { FeedAccess } from "../../contract.ts";
import { feedLimits } from "./limits.ts";

/**
 * Addresses that no feed is served from and that give away secrets to whoever can make a server ask them: what clouds
 * tell their own machines, and what is no single host. A mirror inside the own network stays reachable.
 */
const forbidden = new BlockList();
forbidden.addSubnet("0.0.0.0", 8, "ipv4");
forbidden.addSubnet("169.254.0.0", 16, "ipv4");
forbidden.addAddress("100.100.100.200", "ipv4");
forbidden.addAddress("192.0.0.192", "ipv4");
forbidden.addSubnet("224.0.0.0", 3, "ipv4");
forbidden.addAddress("::", "ipv6");
forbidden.addSubnet("fe80::", 10, "ipv6");
forbidden.addSubnet("ff00::", 8, "ipv6");
forbidden.addAddress("fd00:ec2::254", "ipv6");

function isForbidden(address: string): boolean {
  return forbidden.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

/** Looks up the name once and connects to what was looked at, so that a second answer cannot differ. */
const safeLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const allowed = addresses?.filter(({ address }) => !isForbidden(address)) ?? [];
    const [first] = allowed;
    if (error !== null) done(error, "", 0);
    else if (first === undefined) done(new Error(`${hostname} leads to an address that is not allowed`), "", 0);
    else if (options.all === true) done(null, allowed);
    else done(null, first.address, first.family);
  });
};

export type Asking = Readonly<{ headers: Readonly<Record<string, string>>; access: FeedAccess }>;

/** Asks an http(s) address. Nobody is followed elsewhere: an answer that redirects is an error. */
export function safeRequest(address: URL, { headers, access }: Asking): Promise<IncomingMessage> {
  const literal = address.hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) !== 0 && isForbidden(literal)) {
    return Promise.reject(new Error(`${literal} is an address that is not allowed`));
  }
  const send = address.protocol === "https:" ? httpsRequest : httpRequest;
  const signal = AbortSignal.timeout(feedLimits.downloadMs);
  return new Promise((resolve, reject) => {
    const options = { headers: { ...headers, ...authorization(access) }, lookup: safeLookup, signal };
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
