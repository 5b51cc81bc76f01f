import { lookup } from "node:dns";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { BlockList, isIP, isIPv6, type LookupFunction } from "node:net";
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

/** Asks an http(s) address. Nobody is followed elsewhere: an answer that redirects is an error. */
export function safeRequest(address: URL, headers: Readonly<Record<string, string>> = {}): Promise<IncomingMessage> {
  const literal = address.hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) !== 0 && isForbidden(literal)) {
    return Promise.reject(new Error(`${literal} is an address that is not allowed`));
  }
  const send = address.protocol === "https:" ? httpsRequest : httpRequest;
  const signal = AbortSignal.timeout(feedLimits.downloadMs);
  return new Promise((resolve, reject) => {
    const request = send(address, { headers, lookup: safeLookup, signal }, (answer) => {
      const status = answer.statusCode ?? 0;
      if (status === 200 || status === 304) return resolve(answer);
      answer.destroy();
      reject(new Error(`answered with status ${status}`));
    });
    request.on("error", reject);
    request.end();
  });
}
