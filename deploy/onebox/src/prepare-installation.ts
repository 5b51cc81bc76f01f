import path from "node:path";
import type { OneboxConfig } from "./config.ts";
import type { DataDir } from "./data-dir/open.ts";
import { keepDatabase } from "./keep-database.ts";
import type { Log } from "./log.ts";
import type { Addresses } from "./parts/environment.ts";
import { root } from "./parts/list-parts.ts";
import type { PreparedDatabase, PrepareDatabase } from "./steps/prepare-database.ts";
import { runStep } from "./steps/run-step.ts";

/** Paths of PEM files. */
export type TlsFiles = Readonly<{ certificate: string; key: string }>;

export type Preparation = Readonly<{
  config: OneboxConfig;
  dataDir: DataDir;
  addresses: Addresses;
  log: Log;
  /** Whether the Defender of this host needs a token to enrol. */
  invite: boolean;
  makeSetupToken: boolean;
  ownerUrl: string;
}>;

const stepFile = path.join(import.meta.dirname, "steps/prepare-database.ts");

/** URL of the owner of the database: an outside one as configured, or the embedded one, started here. */
export async function openOwnerUrl(
  config: OneboxConfig,
  dataDir: DataDir,
  log: Log,
  started: AsyncDisposableStack,
): Promise<string> {
  if (config.databaseUrl !== null) return config.databaseUrl;
  const database = await keepDatabase(dataDir, log);
  started.defer(() => database.stop());
  return database.ownerUrl;
}

/** Migrations, first administrator or set-up token, certificates, invitation: all that must exist before the parts. */
export async function prepareInstallation(preparation: Preparation): Promise<PreparedDatabase> {
  const { config, dataDir, addresses, log, invite, makeSetupToken, ownerUrl } = preparation;
  const asked: PrepareDatabase = {
    ownerUrl,
    servicePassword: dataDir.secrets.databaseService,
    folder: path.join(root, "prisma"),
    keyFile: dataDir.at("installation.key"),
    queueInDatabase: config.redisUrl === null,
    firstAdmin: config.firstAdmin,
    makeSetupToken,
    inviteTo: invite ? addresses.ownGatewayUrl : null,
    consoleCertificate:
      config.console.tls.kind === "own-authority" ? { names: addresses.names, folder: dataDir.at("tls") } : null,
  };
  const prepared = await runStep<PreparedDatabase>(stepFile, asked, (line) => log.part("database", line));
  if (prepared.migrations.length > 0) log.info(`applied ${prepared.migrations.length} migrations`);
  return prepared;
}

export function tlsFilesOf(config: OneboxConfig, dataDir: DataDir): TlsFiles | null {
  const { tls } = config.console;
  if (tls.kind === "none") return null;
  if (tls.kind === "given") return { certificate: tls.certificate, key: tls.key };
  return { certificate: dataDir.at("tls/console.crt"), key: dataDir.at("tls/console.key") };
}
