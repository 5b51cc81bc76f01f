// Looks at what containers have changed since they were made from their images:
//
//   every few minutes --+--> where each writes --> child process --> reports of what is news --> spool
//   asked to scan ------+
//
// The look itself happens in a process of its own, which comes and goes; it reads only what is not as it was last time.
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { messageOf, Outage } from "@rampart/kernel";
import { askChild } from "../host/ask-child.ts";
import {
  ChangesAnswer,
  type ChangeableContainer,
  type ChangesOrder,
  type LookedForChanges,
} from "../host/changes/order.ts";
import type { EngineClient, WritableFacts } from "../host/engine/engine-client.ts";
import type { Log } from "../log.ts";
import type { RunningContainer } from "./containers-seen.ts";
import type { DutyBoard } from "./duty-board.ts";
import { contentsSubject, type Reporter } from "./reporter.ts";

export type ChangesSettings = Readonly<{
  folder: string;
  proc: string;
  hostRoot: string;
  /** File that the child runs. */
  entry: string;
  running: () => readonly RunningContainer[];
  /** The engine that is followed; null while there is none. */
  client: () => EngineClient | null;
  reporter: Reporter;
  board: DutyBoard;
  log: Log;
  signal: AbortSignal;
}>;

export type ChangesWatch = Readonly<{
  run(): Promise<void>;
  /** Looks now. */
  again(): void;
}>;

const duty = "watch-changes";
/** Long enough for the images of a host that has just started to be inspected. */
const soonMs = 60_000;
const everyMs = 5 * 60_000;
const timeoutMs = 5 * 60_000;
/** Layers of an image of 50,000 packages, merged twice. */
const heapMbMax = 512;

export function changesWatch(settings: ChangesSettings): ChangesWatch {
  const { board, log, signal } = settings;
  const whereTheyWrite = writableFolders(settings);
  let wake = new AbortController();
  let isAsked = false;

  async function lookOnce(): Promise<number> {
    board.note(duty, "working");
    try {
      const containers = await whereTheyWrite();
      const { reports, waiting, unreadable, problem } = await look(settings, containers);
      board.note(duty, "idle", `${containers.length} containers compared with their images; ${waiting} wait`);
      if (reports > 0) log.info({ containers: containers.length, reports }, "changes of containers reported");
      if (waiting + unreadable > 0)
        log.debug({ waiting, unreadable, problem }, "containers were not compared with their images");
      return waiting > 0 ? soonMs : everyMs;
    } catch (error) {
      if (signal.aborted) return 0;
      board.note(duty, "failing", `Containers could not be compared with their images: ${messageOf(error)}`);
      log.warn({ error }, "containers could not be compared with their images; it will be tried again");
      return everyMs;
    }
  }

  return {
    async run() {
      await mkdir(changesFolder(settings), { recursive: true, mode: 0o700 });
      let delayMs = soonMs;
      while (!signal.aborted) {
        wake = new AbortController();
        // Whoever asked while a look was going on means one that begins afterwards.
        if (isAsked) wake.abort();
        await pause(delayMs, undefined, { signal: AbortSignal.any([signal, wake.signal]) }).catch(() => undefined);
        isAsked = false;
        if (!signal.aborted) delayMs = await lookOnce();
      }
    },
    again() {
      isAsked = true;
      wake.abort();
    },
  };
}

/** A new identity has told nothing yet. */
export async function forgetToldChanges(folder: string): Promise<void> {
  await rm(path.join(folder, folderName, stateName), { force: true });
}

const folderName = "changes";
const stateName = "state.json";
const changesFolder = ({ folder }: ChangesSettings): string => path.join(folder, folderName);

/** Asks the engine once for each container: neither its folder nor its layers ever change. */
function writableFolders({ running, client, proc, hostRoot, log }: ChangesSettings) {
  let known = new Map<string, WritableFacts>();

  /** One container of which the engine does not tell must not hide the others. */
  async function ask(engine: EngineClient | null, id: string): Promise<WritableFacts | null> {
    try {
      const found = (await engine?.findWritable(id)) ?? null;
      if (found === null) log.debug({ container: id }, "the engine does not say where the container writes");
      return found;
    } catch (error) {
      log.debug({ container: id, error }, "the engine could not be asked where the container writes");
      return null;
    }
  }

  return async (): Promise<ChangeableContainer[]> => {
    const engine = client();
    const next = new Map<string, WritableFacts>();
    const containers: ChangeableContainer[] = [];
    for (const { id, imageId, pid } of engine === null ? [] : running()) {
      const found = known.get(id) ?? (await ask(engine, id));
      if (found === null) continue;
      next.set(id, found);
      const merged = path.join(proc, String(pid), "root");
      containers.push({ id, imageId, merged, diffIds: found.diffIds, upper: path.join(hostRoot, found.upper) });
    }
    known = next;
    return containers;
  };
}

type Outcome = Omit<LookedForChanges, "type" | "reports"> & Readonly<{ reports: number }>;

async function look(settings: ChangesSettings, containers: readonly ChangeableContainer[]): Promise<Outcome> {
  if (containers.length === 0) return { reports: 0, waiting: 0, unreadable: 0, problem: null };
  const { entry, reporter, signal } = settings;
  const folder = changesFolder(settings);
  const stateFile = path.join(folder, stateName);
  const cacheFolder = path.join(settings.folder, "layers");
  const order: ChangesOrder = { at: reporter.now(), containers, cacheFolder, stateFile, folder };
  const name = "the process that looks for changes of containers";
  const answer = await askChild(order, { entry, name, answer: ChangesAnswer, heapMbMax, timeoutMs, signal });
  if (answer === "late") throw new Outage(name, new Error("it took too long"));
  if (answer === "out-of-memory") throw new Outage(name, new Error("it needs too much memory"));
  if (answer.type === "failed") throw new Outage(name, new Error(answer.message));
  for (const { containerId, file } of answer.reports) {
    await reporter.reportFile("container.contents", contentsSubject(containerId), file);
    await rm(file, { force: true });
  }
  // Only now is what was told remembered as told.
  await rename(`${stateFile}.new`, stateFile);
  const { waiting, unreadable, problem } = answer;
  return { reports: answer.reports.length, waiting, unreadable, problem };
}
