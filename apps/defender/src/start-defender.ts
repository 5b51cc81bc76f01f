import { mkdir, rm } from "node:fs/promises";
import { availableParallelism, totalmem, release } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { X509Certificate } from "node:crypto";
import { Outage, Refusal } from "@rampart/kernel";
import {
  protocolVersions,
  type ContainerEngine,
  type DefenderPolicy,
  type Heartbeat,
  type Hello,
} from "@rampart/protocol";
import type { DefenderConfig } from "./config.ts";
import { dutyBoard } from "./duties/duty-board.ts";
import { reporter } from "./duties/reporter.ts";
import { hostScanner } from "./duties/scan-host.ts";
import { imageScanner, type Inspect } from "./duties/scan-images.ts";
import { openScannedImages } from "./duties/scanned-images.ts";
import { changesWatch, forgetToldChanges } from "./duties/watch-changes.ts";
import { useWatch } from "./duties/watch-use.ts";
import { watchEngine } from "./duties/watch-engine.ts";
import { findEngine } from "./host/engine/find-engine.ts";
import { inspectApart } from "./host/inspection/inspect-apart.ts";
import { architectureName, procFolder, readHostname, readMachineId, readOsName } from "./host/machine.ts";
import { newId } from "./host/new-id.ts";
import { holdFolder } from "./host/only-one.ts";
import { enrol } from "./link/enrol.ts";
import { anchorOf, readIdentity, saveIdentity, type Identity } from "./link/identity.ts";
import { holdLink } from "./link/link.ts";
import { pinOf } from "./link/pinned-authority.ts";
import { readKeptPolicy } from "./link/policy-file.ts";
import { Spool } from "./link/spool/spool.ts";
import type { Log } from "./log.ts";
import {
  changesChildFile,
  defenderVersion,
  inspectChildFile,
  readInspectionRevision,
  useChildFile,
} from "./own-files.ts";

const enrolAgainMs = 5_000;
/** How long the first greeting waits for the answer of the container engine that it is to name. */
const engineWaitMs = 3_000;
const features = ["host-inventory", "image-inventory", "container-events", "package-use", "container-contents"];

/** Runs the Defender until aborted. Resolves when everything is closed. */
export async function runDefender(config: DefenderConfig, log: Log, signal: AbortSignal): Promise<void> {
  const { folder, hostRoot } = config;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await holdFolder(folder);
  // What children left behind that died with the last process.
  await rm(path.join(folder, "work"), { recursive: true, force: true });
  await mkdir(path.join(folder, "work"), { mode: 0o700 });
  const identity = await openIdentity(config, log, signal);
  const spool = await openSpool(config, log);
  const kept = await readKeptPolicy(folder);
  const scanned = await openScannedImages(path.join(folder, "scanned"), await readInspectionRevision());
  let policy: DefenderPolicy = kept.policy;
  let engine: ContainerEngine | null = null;
  const lookedForEngine = Promise.withResolvers<void>();

  const board = dutyBoard();
  const inspect: Inspect = (order) => inspectApart(order, { entry: inspectChildFile, signal });
  const shared = { folder, reporter: reporter(spool), inspect, policy: () => policy, board, log, signal };
  const host = hostScanner({ ...shared, root: hostRoot, engine: () => engine });
  const watch = watchEngine({
    ...shared,
    find: () => findEngine(config.containerSocket),
    scanner: imageScanner({ ...shared, scanned }),
    onEngine(next) {
      const isNews = engine?.version !== next?.version;
      engine = next;
      lookedForEngine.resolve();
      // The engine is part of what is reported of the host.
      if (isNews) host.again();
    },
    onRunning: () => use.soon(),
  });
  const seen = { ...shared, hostRoot, proc: await procFolder(hostRoot), running: () => watch.running() };
  const use = useWatch({ ...seen, entry: useChildFile });
  const changes = changesWatch({ ...seen, entry: changesChildFile, client: () => watch.client() });
  const scanImagesAgain = async () => {
    await watch.again();
    changes.again();
  };

  const startedAt = new Date().toISOString();
  const link = holdLink(
    {
      gatewayUrl: config.gatewayUrl,
      folder,
      identity,
      spool,
      policy: kept,
      log,
      async hello(policyHash) {
        await Promise.race([lookedForEngine.promise, pause(engineWaitMs, undefined, { signal })]);
        return hello({ hostRoot, epoch: spool.epoch, startedAt, engine, policyHash });
      },
      heartbeat: (beat) => heartbeat(beat, spool, watch.counts(), board.list()),
      onPolicy: (next) => void (policy = next),
      onNudge: (work) => (work === "rescan-host" ? host.again() : void scanImagesAgain()),
      enrolAgain: () => enrolAgain(config, log, scanImagesAgain),
    },
    signal,
  );
  await Promise.all([link, watch.run(), lookedForEngine.promise.then(host.run), use.run(), changes.run()]);
  await spool.close();
}

function openSpool({ folder, spoolBytesMax }: DefenderConfig, log: Log): Promise<Spool> {
  return Spool.open({
    folder: path.join(folder, "spool"),
    bytesMax: spoolBytesMax,
    newEpoch: newId,
    onLoss: (lost) => log.warn(lost, "reports were lost"),
  });
}

/** The identity that is kept, unless it belongs to another installation than the one this host is invited to. */
async function openIdentity(config: DefenderConfig, log: Log, signal: AbortSignal): Promise<Identity> {
  const kept = await readIdentity(config.folder);
  const pin = config.enrolment?.pin;
  if (kept !== null && (pin === undefined || pinOf(new X509Certificate(anchorOf(kept.chain))) === pin)) return kept;
  for (;;) {
    try {
      return await enrolNow(config, log);
    } catch (error) {
      if (!(error instanceof Outage)) throw error;
      log.warn({ error }, "this host could not be enrolled yet; trying again");
      await pause(enrolAgainMs, undefined, { signal });
    }
  }
}

async function enrolNow({ gatewayUrl, enrolment, folder, hostRoot }: DefenderConfig, log: Log): Promise<Identity> {
  if (enrolment === null) {
    throw new Refusal(
      "precondition",
      "defender.not-enrolled",
      "This host is not enrolled. Set RAMPART_ENROL_TOKEN and RAMPART_GATEWAY_PIN as the Console shows them under Defenders.",
    );
  }
  const machineId = await readMachineId(hostRoot);
  const host = { hostname: await readHostname(hostRoot), defenderVersion, ...(machineId !== null && { machineId }) };
  const identity = await enrol({ gatewayUrl, ...enrolment, host });
  // The new Defender has reported nothing yet.
  await rm(path.join(folder, "scanned"), { recursive: true, force: true });
  await forgetToldChanges(folder);
  await saveIdentity(folder, identity);
  log.info({ defender: identity.defenderId }, "enrolled");
  return identity;
}

/** The gateway does not know this host. A token that was never used may still open the door. */
async function enrolAgain(config: DefenderConfig, log: Log, onEnrolled: () => Promise<void>): Promise<Identity | null> {
  if (config.enrolment === null) {
    log.error({}, "The gateway does not accept this host any more. Enrol it again from the Console, under Defenders.");
    return null;
  }
  try {
    const identity = await enrolNow(config, log);
    await onEnrolled();
    return identity;
  } catch (error) {
    log.error({ error }, "The gateway does not accept this host any more, and enrolling it again failed.");
    return null;
  }
}

type Greeting = Readonly<{
  hostRoot: string;
  epoch: string;
  startedAt: string;
  engine: ContainerEngine | null;
  policyHash: string | null;
}>;

async function hello({ hostRoot, ...known }: Greeting): Promise<Hello> {
  return {
    type: "hello",
    protocolVersions: [...protocolVersions],
    defenderVersion,
    hostname: await readHostname(hostRoot),
    os: await readOsName(hostRoot),
    kernel: release(),
    architecture: architectureName(),
    cpuCount: availableParallelism(),
    memoryBytes: totalmem(),
    features,
    ...known,
  };
}

function heartbeat(
  beat: number,
  spool: Spool,
  counts: Readonly<{ containers: number; images: number }>,
  duties: Heartbeat["duties"],
): Heartbeat {
  return { type: "heartbeat", beat, spool: spool.status(), memoryBytes: process.memoryUsage.rss(), ...counts, duties };
}
