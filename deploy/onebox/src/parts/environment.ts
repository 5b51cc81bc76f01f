import { networkInterfaces, hostname } from "node:os";
import { isLoopback, type OneboxConfig } from "../config.ts";
import type { DataDir } from "../data-dir/open.ts";

/** How people and hosts reach this installation. */
export type Addresses = Readonly<{
  consoleUrl: string;
  /** For Defenders on other hosts. */
  gatewayUrl: string;
  /** For the Defender of this host, which goes through no proxy. */
  ownGatewayUrl: string;
  /** Of certificates. */
  names: readonly string[];
}>;

export function addressesOf(config: OneboxConfig): Addresses {
  const own = isLoopback(config.bind) ? ["localhost", "127.0.0.1"] : namesOf(config.bind);
  const given = [config.console.url, config.gateway.url].flatMap((url) => (url === null ? [] : [hostOf(url)]));
  const names = [...new Set([...own, ...given])];
  const name = isLoopback(config.bind) ? urlHost(config.bind) : urlHost(own[0] ?? config.bind);
  const scheme = config.console.tls.kind === "none" ? "http" : "https";
  const ownGatewayUrl = `https://${isLoopback(config.bind) ? "localhost" : name}:${config.gateway.port}`;
  return {
    consoleUrl: config.console.url ?? `${scheme}://${name}:${config.console.port}`,
    gatewayUrl: config.gateway.url ?? ownGatewayUrl,
    ownGatewayUrl,
    names,
  };
}

/** Names for a certificate: the machine's own and its addresses, or the one address that was asked for. */
function namesOf(bind: string): readonly string[] {
  const everywhere = bind === "0.0.0.0" || bind === "::";
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((address) => !address.address.startsWith("fe80:"))
    .map((address) => address.address);
  return everywhere ? [hostname(), "localhost", ...addresses] : [bind];
}

/** Without the brackets of an IPv6 address, as certificates want it. */
function hostOf(url: string): string {
  return new URL(url).hostname.replaceAll(/^\[|\]$/g, "");
}

function urlHost(name: string): string {
  return name.includes(":") ? `[${name}]` : name;
}

/** What every part gets, beside what is its own. */
export function commonEnvironment(config: OneboxConfig, dataDir: DataDir, serviceUrl: string): Record<string, string> {
  return {
    ...config.passedOn,
    DATABASE_URL: serviceUrl,
    ...(config.redisUrl !== null && { REDIS_URL: config.redisUrl }),
    RAMPART_KEY_FILE: dataDir.at("installation.key"),
  };
}
