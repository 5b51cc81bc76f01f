import { rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { messageOf } from "@rampart/kernel";
import type { ContainerEngine, DefenderPolicy } from "@rampart/protocol";
import { readMachine } from "../host/machine.ts";
import { newId } from "../host/new-id.ts";
import type { Log } from "../log.ts";
import type { DutyBoard } from "./duty-board.ts";
import type { Reporter } from "./reporter.ts";
import type { Inspect } from "./scan-images.ts";

export type HostScanSettings = Readonly<{
  root: string;
  folder: string;
  reporter: Reporter;
  inspect: Inspect;
  engine: () => ContainerEngine | null;
  policy: () => DefenderPolicy;
  board: DutyBoard;
  log: Log;
  signal: AbortSignal;
}>;

const duty = "scan-host";
const hourMs = 3_600_000;
const retryMs = 60_000;

export type HostScanner = Readonly<{
  run(): Promise<void>;
  /** Scans again now, or once more when a scan is running. */
  again(): void;
}>;

/** Inspects the host at the start, then as often as the policy says. */
export function hostScanner(settings: HostScanSettings): HostScanner {
  const { board, log, signal } = settings;
  let wake = new AbortController();

  async function scanOnce(): Promise<number> {
    board.note(duty, "working");
    try {
      await scan(settings);
      board.note(duty, "idle");
      return settings.policy().scanning.everyHours * hourMs;
    } catch (error) {
      if (signal.aborted) return 0;
      board.note(duty, "failing", `This host could not be inspected: ${messageOf(error)}`);
      log.warn({ error }, "this host could not be inspected; it will be tried again");
      return retryMs;
    }
  }

  return {
    async run() {
      while (!signal.aborted) {
        wake = new AbortController();
        const delayMs = await scanOnce();
        await pause(delayMs, undefined, { signal: AbortSignal.any([signal, wake.signal]) }).catch(() => undefined);
      }
    },
    again: () => wake.abort(),
  };
}

async function scan({ root, folder, reporter, inspect, engine, log }: HostScanSettings): Promise<void> {
  const startedAtMs = performance.now();
  const file = path.join(folder, "work", newId());
  try {
    const { packages, warnings } = await inspect({
      request: { source: { kind: "root-folder", path: root, skip: ownFolder(root, folder) } },
      report: { type: "host.inventory", at: reporter.now(), host: { ...(await readMachine(root)), engine: engine() } },
      file,
    });
    await reporter.reportFile("host.inventory", "host", file);
    log.info({ packages, warnings, ms: Math.round(performance.now() - startedAtMs) }, "host inspected");
  } finally {
    await rm(file, { force: true });
  }
}

/** The Defender's own files say nothing about the host. */
function ownFolder(root: string, folder: string): string[] {
  const inside = path.relative(root, folder);
  return inside === "" || inside.startsWith("..") ? [] : [inside];
}
