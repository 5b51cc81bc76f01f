import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Database } from "@rampart/database/unscoped";
import { claimFrames, createEnrolmentToken } from "@rampart/fleet";
import { bindFleet } from "@rampart/fleet/bind";
import { inventoryJobs } from "@rampart/inventory/jobs";
import type { ProjectScope } from "@rampart/kernel";
import { testCaller, type TestDatabase } from "@rampart/testing";
import { plainEnv, startDaemon, type Daemon } from "../servers/daemon.ts";
import { freePort } from "../servers/free-port.ts";
import { until } from "../servers/until.ts";

const root = path.resolve(import.meta.dirname, "../..");

export type Gateway = Readonly<{ url: string; port: number; daemon: Daemon }>;

/** Starts the real gateway on a database. Give the port of an earlier one to start it again. */
export async function startGateway(db: TestDatabase, folder: string, port?: number): Promise<Gateway> {
  const chosen = port ?? (await freePort());
  const daemon = startDaemon({
    command: process.execPath,
    args: [path.join(root, "apps/gateway/src/main.ts")],
    env: {
      ...plainEnv(),
      NODE_ENV: "production",
      DATABASE_URL: db.url,
      RAMPART_KEY_FILE: path.join(folder, "installation.key"),
      RAMPART_GATEWAY_PORT: String(chosen),
    },
  });
  await until(
    "the gateway",
    () => {
      if (!daemon.isRunning()) throw new Error(daemon.lastWords());
      return daemon.lastWords().includes("gateway listening");
    },
    20_000,
  );
  return { url: `https://localhost:${chosen}`, port: chosen, daemon };
}

export type Invitation = Readonly<{ token: string; pin: string }>;

export async function inviteHost(
  { database }: TestDatabase,
  scope: ProjectScope,
  gatewayUrl: string,
): Promise<Invitation> {
  const ctx = bindFleet({ database, addresses: { gatewayUrl } }, scope, testCaller());
  return createEnrolmentToken(ctx, { lifetimeMinutes: 5 });
}

export type DefenderSettings = Readonly<{
  gatewayUrl: string;
  folder: string;
  invitation?: Invitation;
  hostRoot: string;
  containerSocket?: string;
}>;

/** Starts the bundle of the Defender, as a host runs it. */
export function startDefender({ gatewayUrl, folder, invitation, hostRoot, containerSocket }: DefenderSettings): Daemon {
  return startDaemon({
    command: process.execPath,
    args: ["--max-semi-space-size=1", "--optimize-for-size", path.join(root, "apps/defender/dist/defender.cjs")],
    env: {
      PATH: "/usr/bin:/bin",
      RAMPART_GATEWAY_URL: gatewayUrl,
      RAMPART_DEFENDER_DIR: folder,
      RAMPART_HOST_ROOT: hostRoot,
      RAMPART_CONTAINER_SOCKET: containerSocket ?? path.join(folder, "no-engine.sock"),
      ...(invitation && { RAMPART_ENROL_TOKEN: invitation.token, RAMPART_GATEWAY_PIN: invitation.pin }),
    },
  });
}

/** A root folder of a host: a Debian with one package. */
export async function makeHostRoot(folder: string): Promise<string> {
  const hostRoot = path.join(folder, "root");
  await mkdir(path.join(hostRoot, "etc"), { recursive: true });
  await mkdir(path.join(hostRoot, "var/lib/dpkg"), { recursive: true });
  await writeFile(path.join(hostRoot, "etc/hostname"), "defended\n");
  await writeFile(path.join(hostRoot, "etc/machine-id"), `${"a".repeat(32)}\n`);
  await writeFile(
    path.join(hostRoot, "etc/os-release"),
    'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_CODENAME=bookworm\n',
  );
  await writeFile(
    path.join(hostRoot, "var/lib/dpkg/status"),
    "Package: libssl3\nStatus: install ok installed\nArchitecture: amd64\nSource: openssl\nVersion: 3.0.11-1~deb12u1\n\n",
  );
  return hostRoot;
}

/** Applies what the gateway has stored, as the relay and the scanning lane would. */
export async function applyReports(database: Database, scope: ProjectScope): Promise<void> {
  const [ingest] = inventoryJobs({ database });
  for (const { defenderId, epoch, sequence } of await claimFrames(database, 1_000)) {
    await ingest?.run(scope, { defenderId, epoch, sequence });
  }
}
