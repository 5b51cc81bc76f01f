import { networkInterfaces, hostname } from "node:os";
import { isLoopback, type OneboxConfig } from "../config.ts";
import type { DataDir } from "../data-dir/open.ts";

/** How people and hosts reach this installation. */
export type Addresses = Readonly<{ consoleUrl: string; gatewayUrl: string; names: readonly string[] }>;

export function addressesOf(config: OneboxConfig): Addresses {
  const names = isLoopback(config.bind) ? ["localhost", "127.0.0.1"] : namesOf(config.bind);
  const name = isLoopback(config.bind) ? urlHost(config.bind) : urlHost(names[0] ?? config.bind);
  const scheme = config.console.tls.kind === "none" ? "http" : "https";
  return {
    consoleUrl: `${scheme}://${name}:${config.console.port}`,
    gatewayUrl: `https://${isLoopback(config.bind) ? "localhost" : name}:${config.gateway.port}`,
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
