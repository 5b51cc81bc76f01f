import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { OneboxConfig } from "./config.ts";
import { openDataDir } from "./data-dir/open.ts";
import type { Log } from "./log.ts";
import { addressesOf, commonEnvironment } from "./parts/environment.ts";
import { keepRunning, type KeptPart } from "./parts/keep-running.ts";
import { consolePart, defenderPart, gatewayPart, root, workersPart, type PartSettings } from "./parts/list-parts.ts";
import type { Part } from "./parts/part.ts";
import { checkPort } from "./ports/check-port.ts";
import { openOwnerUrl, prepareInstallation, tlsFilesOf, type Preparation } from "./prepare-installation.ts";

export type Onebox = Readonly<{
  consoleUrl: string;
  /** Null when somebody administers the installation already. */
  setupUrl: string | null;
  /** In reverse order of the start; everything is gone when this returns. */
  stop(): Promise<void>;
}>;

/** Deadlines add up to less than the ten seconds after which people reach for SIGKILL. */
const stopMs = { defender: 2_000, servers: 3_000, workers: 3_000 } as const;
/** Certificates of the own CA live 30 days; the Console gets a new one long before. */
const certificateRenewalMs = 10 * 24 * 3_600_000;

/** What a start needs beside its configuration. */
type Start = Readonly<{
  log: Log;
  /** Undone in reverse order. */
  started: AsyncDisposableStack;
  /** Aborted when the person changes their mind in the middle of the start. */
  signal: AbortSignal;
}>;

/**
 * Starts everything:
 *
 *   data directory -> PostgreSQL -> migrations, first administrator -> workers, gateway, Console -> Defender of this host
 *
 * What was started is stopped again when a later step fails or `signal` is aborted.
 */
export async function startOnebox(config: OneboxConfig, log: Log, signal: AbortSignal): Promise<Onebox> {
  await using started = new AsyncDisposableStack();
  const start: Start = { log, started, signal };
  const version = await readVersion();
  const dataDir = await openDataDir(config.dataDir, version);
  started.defer(() => dataDir.close());
  await checkPort("RAMPART_CONSOLE_PORT", config.bind, config.console.port);
  await checkPort("RAMPART_GATEWAY_PORT", config.bind, config.gateway.port);

  const addresses = addressesOf(config);
  const ownerUrl = await openOwnerUrl(config, dataDir, log, started);
  const defenderDir = dataDir.at("defender");
  const defended = canDefend();
  const invite = defended && !existsSync(path.join(defenderDir, "identity.json"));
  const preparation: Preparation = { config, dataDir, addresses, log, ownerUrl, invite, makeSetupToken: true };
  const prepared = await prepareInstallation(preparation);
  signal.throwIfAborted();

  const common = commonEnvironment(config, dataDir, prepared.serviceUrl);
  const settings: PartSettings = { config, addresses, common, version, tls: tlsFilesOf(config, dataDir) };
  const [, , console] = await Promise.all([
    startPart(workersPart(settings), stopMs.workers, start),
    startPart(gatewayPart(settings), stopMs.servers, start),
    startPart(consolePart(settings), stopMs.servers, start),
  ]);
  if (defended) await startPart(defenderPart(settings, defenderDir, prepared.invitation), stopMs.defender, start);
  else log.info("no Defender of this host: that needs Linux and root");
  if (config.console.tls.kind === "own-authority") started.defer(renewCertificate(preparation, console));

  const { consoleUrl } = addresses;
  const setupUrl = prepared.setupToken === null ? null : `${consoleUrl}/setup?token=${prepared.setupToken}`;
  const all = started.move();
  return { consoleUrl, setupUrl, stop: () => all.disposeAsync() };
}

/** Looking into containers, images and packages of a host takes root, and Linux. */
function canDefend(): boolean {
  return process.platform === "linux" && process.getuid?.() === 0;
}

async function readVersion(): Promise<string> {
  const { version }: { version: string } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
  return version;
}

async function startPart(part: Part, deadlineMs: number, { log, started, signal }: Start): Promise<KeptPart> {
  const kept = keepRunning(part, {
    onLine: (name, line) => log.part(name, line),
    onEnd: (name, how, restartInMs) =>
      log.error(`${name} ended (${how}); starting it again in ${restartInMs / 1_000} s`),
  });
  started.defer(() => kept.stop(deadlineMs));
  await Promise.race([kept.ready, untilAborted(signal)]);
  return kept;
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** The Console reads its certificate at its start only, so it starts again with the new one. Gives back the undoing. */
function renewCertificate(preparation: Preparation, console: KeptPart): () => void {
  const timer = setInterval(() => {
    prepareInstallation({ ...preparation, invite: false, makeSetupToken: false })
      .then(() => console.restart(stopMs.servers))
      .catch((error: unknown) => preparation.log.error(`The Console's certificate was not renewed: ${String(error)}`));
  }, certificateRenewalMs);
  return () => clearInterval(timer);
}
