// Looks at what processes use:
//
//   a container started --(settle)--+
//   every few minutes --------------+--> child process --> reports of what is news --> spool
//
// The look itself happens in a process of its own, which comes and goes.
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { messageOf, Outage } from "@rampart/kernel";
import { askChild } from "../host/ask-child.ts";
import { UseAnswer, type UseOrder } from "../host/processes/use-order.ts";
import type { Log } from "../log.ts";
import type { RunningContainer } from "./containers-seen.ts";
import type { DutyBoard } from "./duty-board.ts";
import { useSubject, type Reporter } from "./reporter.ts";

export type UseSettings = Readonly<{
  folder: string;
  proc: string;
  hostRoot: string;
  /** File that the child runs. */
  entry: string;
  running: () => readonly RunningContainer[];
  reporter: Reporter;
  board: DutyBoard;
  log: Log;
  signal: AbortSignal;
}>;

export type UseWatch = Readonly<{
  run(): Promise<void>;
  /** Looks soon, when what has just started has had time to load its libraries. */
  soon(): void;
}>;

const duty = "watch-use";
const settleMs = 10_000;
/** However often containers start, there is this long between two looks. */
const gapMs = 20_000;
const everyMs = 5 * 60_000;
const timeoutMs = 60_000;
/** A host with 100,000 used files needs about half of it. */
const heapMbMax = 256;

export function useWatch(settings: UseSettings): UseWatch {
  const { board, log, signal } = settings;
  let wake = new AbortController();

  async function lookOnce(): Promise<void> {
    board.note(duty, "working");
    try {
      const { reports, processes } = await look(settings);
      board.note(duty, "idle", `${processes} processes seen`);
      if (reports > 0) log.info({ processes, reports }, "use of packages reported");
    } catch (error) {
      if (signal.aborted) return;
      board.note(duty, "failing", `Processes could not be looked at: ${messageOf(error)}`);
      log.warn({ error }, "processes could not be looked at; it will be tried again");
    }
  }

  return {
    async run() {
      await mkdir(useFolder(settings), { recursive: true, mode: 0o700 });
      await pauseQuietly(settleMs, [signal]);
      while (!signal.aborted) {
        wake = new AbortController();
        await lookOnce();
        await pauseQuietly(gapMs, [signal]);
        await pauseQuietly(everyMs - gapMs, [signal, wake.signal]);
      }
    },
    soon() {
      const { signal: waking } = wake;
      if (!waking.aborted) setTimeout((asleep) => asleep.abort(), settleMs, wake).unref();
    },
  };
}

async function pauseQuietly(ms: number, signals: readonly AbortSignal[]): Promise<void> {
  await pause(ms, undefined, { signal: AbortSignal.any([...signals]) }).catch(() => undefined);
}

const useFolder = ({ folder }: UseSettings): string => path.join(folder, "use");

async function look(settings: UseSettings): Promise<Readonly<{ reports: number; processes: number }>> {
  const { proc, hostRoot, entry, running, reporter, signal } = settings;
  const folder = useFolder(settings);
  const stateFile = path.join(folder, "state.json");
  const order: UseOrder = { at: reporter.now(), proc, hostRoot, containers: running(), stateFile, folder };
  const name = "the process that looks at processes";
  const answer = await askChild(order, { entry, name, answer: UseAnswer, heapMbMax, timeoutMs, signal });
  if (answer === "late") throw new Outage(name, new Error("it took too long"));
  if (answer === "out-of-memory") throw new Outage(name, new Error("it needs too much memory"));
  if (answer.type === "failed") throw new Outage(name, new Error(answer.message));
  for (const { imageId, file } of answer.reports) {
    await reporter.reportFile("packages.used", useSubject(imageId), file);
    await rm(file, { force: true });
  }
  // Only now is what was told remembered as told.
  await rename(`${stateFile}.new`, stateFile);
  return { reports: answer.reports.length, processes: answer.processes };
}
