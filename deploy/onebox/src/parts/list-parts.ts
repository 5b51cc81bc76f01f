import path from "node:path";
import type { OneboxConfig } from "../config.ts";
import type { Addresses } from "./environment.ts";
import type { HostInvitation } from "../steps/prepare-database.ts";
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
  const part = nodePart("workers", "deploy/onebox/src/workers.ts", {
    ...common,
    ...(config.intelDir !== null && { RAMPART_INTEL_DIR: config.intelDir }),
  });
  // Batches of findings live for a moment and are many; in the usual space half of the time would go into moving them.
  return { ...part, args: ["--max-semi-space-size=32", ...part.args] };
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

/** The agent of this very host, bundled as on any other. Its memory is kept small by the same flags as there. */
export function defenderPart(
  { config, addresses, common }: PartSettings,
  folder: string,
  invitation: HostInvitation | null,
): Part {
  const { PATH = "", NODE_EXTRA_CA_CERTS } = common;
  return {
    name: "defender",
    command: process.execPath,
    args: ["--max-semi-space-size=1", "--optimize-for-size", path.join(root, "apps/defender/dist/defender.cjs")],
    // Neither the database's password nor the installation's key: a Defender knows its own key alone.
    env: {
      PATH,
      ...(NODE_EXTRA_CA_CERTS !== undefined && { NODE_EXTRA_CA_CERTS }),
      RAMPART_GATEWAY_URL: addresses.ownGatewayUrl,
      RAMPART_DEFENDER_DIR: folder,
      ...(config.containerSocket !== null && { RAMPART_CONTAINER_SOCKET: config.containerSocket }),
      ...(invitation !== null && { RAMPART_ENROL_TOKEN: invitation.token, RAMPART_GATEWAY_PIN: invitation.pin }),
    },
    cwd: "/",
    ready: "none",
  };
}

function nodePart(name: string, file: string, env: Readonly<Record<string, string>>): Part {
  return { name, command: process.execPath, args: [path.join(root, file)], env, cwd: root, ready: "message" };
}
