import path from "node:path";
import type { OneboxConfig } from "../config.ts";
import type { Addresses } from "./environment.ts";
import type { Part } from "./part.ts";

/** The repository's root, from which the parts run as they are. */
export const root = path.resolve(import.meta.dirname, "../../../..");

export type PartSettings = Readonly<{
  config: OneboxConfig;
  addresses: Addresses;
  version: string;
  /** See `commonEnvironment`. */
  common: Readonly<Record<string, string>>;
  /** Certificate of the Console, when it speaks HTTPS. */
  tls: Readonly<{ certificate: string; key: string }> | null;
}>;

export function workersPart({ config, common }: PartSettings): Part {
  return nodePart("workers", "deploy/onebox/src/workers.ts", {
    ...common,
    ...(config.intelDir !== null && { RAMPART_INTEL_DIR: config.intelDir }),
  });
}

export function gatewayPart({ config, addresses, common }: PartSettings): Part {
  return nodePart("gateway", "apps/gateway/src/main.ts", {
    ...common,
    RAMPART_BIND: config.bind,
    RAMPART_GATEWAY_PORT: String(config.gateway.port),
    RAMPART_GATEWAY_NAMES: addresses.names.join(","),
  });
}

export function consolePart({ config, addresses, common, tls, version }: PartSettings): Part {
  return nodePart("console", "apps/console/src/server/main.ts", {
    ...common,
    RAMPART_BIND: config.bind,
    RAMPART_CONSOLE_PORT: String(config.console.port),
    RAMPART_CONSOLE_URL: addresses.consoleUrl,
    RAMPART_GATEWAY_URL: addresses.gatewayUrl,
    RAMPART_VERSION: version,
    ...(tls !== null && { RAMPART_TLS_CERT: tls.certificate, RAMPART_TLS_KEY: tls.key }),
  });
}

function nodePart(name: string, file: string, env: Readonly<Record<string, string>>): Part {
  return { name, command: process.execPath, args: [path.join(root, file)], env, cwd: root, ready: "message" };
}
