import { lookup } from "node:dns";
import { BlockList, isIP, isIPv6, type LookupFunction } from "node:net";

/** What clouds tell their own machines, and what is no single host: nobody is served from there. */
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

/** Inside the own network or machine. */
const internal = new BlockList();
internal.addSubnet("127.0.0.0", 8, "ipv4");
internal.addSubnet("10.0.0.0", 8, "ipv4");
internal.addSubnet("172.16.0.0", 12, "ipv4");
internal.addSubnet("192.168.0.0", 16, "ipv4");
internal.addSubnet("100.64.0.0", 10, "ipv4");
internal.addAddress("::1", "ipv6");
internal.addSubnet("fc00::", 7, "ipv6");

/** `public` leaves out what is inside the own network: for going where a stranger sends. */
export type Reach = "anywhere" | "public";

export function isInternal(address: string): boolean {
  return internal.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

function isReachable(address: string, reach: Reach): boolean {
  const isBad = forbidden.check(address, isIPv6(address) ? "ipv6" : "ipv4");
  return !isBad && (reach === "anywhere" || !isInternal(address));
}

/** Throws for a host that is written as an address that must not be asked. Names are looked at by `reachableLookup`. */
export function checkLiteral(hostname: string, reach: Reach): void {
  const literal = hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) !== 0 && !isReachable(literal, reach)) throw notAllowed(hostname);
}

/** Looks up a name once and connects to what was looked at, so that a second answer cannot differ. */
export function reachableLookup(reach: Reach): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const allowed = addresses?.filter(({ address }) => isReachable(address, reach)) ?? [];
      const [first] = allowed;
      if (error !== null) done(error, "", 0);
      else if (first === undefined) done(notAllowed(hostname), "", 0);
      else if (options.all === true) done(null, allowed);
      else done(null, first.address, first.family);
    });
  };
}

function notAllowed(hostname: string): Error {
  return new Error(`${hostname} leads to an address that is not allowed`);
}
