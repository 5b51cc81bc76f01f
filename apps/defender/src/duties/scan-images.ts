import { rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { messageOf, Refusal } from "@rampart/kernel";
import type { DefenderPolicy, ImageFacts } from "@rampart/protocol";
import type { EngineClient } from "../host/engine/engine-client.ts";
import type { Written } from "../host/inspection/inspect-apart.ts";
import type { InspectionOrder } from "../host/inspection/order.ts";
import { newId } from "../host/new-id.ts";
import type { Log } from "../log.ts";
import type { DutyBoard } from "./duty-board.ts";
import { imageSubject, type Reporter } from "./reporter.ts";
import type { ScannedImages } from "./scanned-images.ts";

export type Inspect = (order: InspectionOrder) => Promise<Written>;

export type ScanSettings = Readonly<{
  folder: string;
  reporter: Reporter;
  scanned: ScannedImages;
  inspect: Inspect;
  policy: () => DefenderPolicy;
  board: DutyBoard;
  log: Log;
  signal: AbortSignal;
}>;

export type ImageScanner = Readonly<{
  /** The engine to read from; null while there is none. */
  use(client: EngineClient | null): void;
  /** Asks for a scan of each image that was not reported lately. Images of containers go first. */
  want(ids: readonly string[], urgency: "in-use" | "unused"): void;
  /** Drops what waits and is not among these. */
  keepOnly(ids: ReadonlySet<string>): Promise<void>;
  /** Forgets what was reported. */
  forgetAll(): Promise<void>;
}>;

const duty = "scan-images";
const triesMax = 3;
const retryMs = 5_000;
const hourMs = 3_600_000;

/** Inspects images one after the other and reports each. */
export function imageScanner(settings: ScanSettings): ImageScanner {
  const { scanned, board, log, signal } = settings;
  /** In the order of the scans; a Set keeps each image once. */
  const inUse = new Set<string>();
  const unused = new Set<string>();
  let client: EngineClient | null = null;
  let running = 0;
  /** What went wrong last, until a scan succeeds. */
  let failure: string | undefined;

  const ageMaxMs = () => settings.policy().scanning.everyHours * hourMs;

  function nextId(): string | undefined {
    const [urgent] = inUse;
    const id = urgent ?? (settings.policy().scanning.unusedImages ? [...unused][0] : undefined);
    if (id !== undefined) dropWaiting(id);
    return id;
  }

  function dropWaiting(id: string): void {
    inUse.delete(id);
    unused.delete(id);
  }

  function startMore(): void {
    while (running < settings.policy().scanning.atOnce && client !== null && !signal.aborted) {
      const id = nextId();
      if (id === undefined) break;
      running += 1;
      void scanOne(client, id).finally(() => {
        running -= 1;
        startMore();
      });
    }
    if (running === 0) board.note(duty, failure === undefined ? "idle" : "failing", failure);
  }

  async function scanOne(engine: EngineClient, id: string): Promise<void> {
    if (scanned.isFresh(id, ageMaxMs(), Date.now())) return;
    board.note(duty, "working", `inspecting ${id}; ${inUse.size + unused.size} more wait`);
    try {
      const outcome = await scanWithRetry(settings, engine, id);
      if (outcome !== "gone") await scanned.note(id, Date.now());
      failure = undefined;
    } catch (error) {
      if (signal.aborted) return;
      // Asked for again with the next list of images.
      failure = `${id} could not be inspected: ${messageOf(error)}`;
      log.warn({ image: id, error }, "an image could not be inspected; it will be tried again");
    }
  }

  return {
    use(next) {
      client = next;
      startMore();
    },
    want(ids, urgency) {
      for (const id of ids) {
        if (scanned.isFresh(id, ageMaxMs(), Date.now())) continue;
        if (urgency === "in-use") inUse.add(id);
        else if (!inUse.has(id)) unused.add(id);
      }
      startMore();
    },
    async keepOnly(ids) {
      for (const id of [...inUse, ...unused]) if (!ids.has(id)) dropWaiting(id);
      await scanned.keepOnly(ids);
    },
    forgetAll: () => scanned.forgetAll(),
  };
}

type Outcome = "reported" | "unreadable" | "gone";

async function scanWithRetry(settings: ScanSettings, engine: EngineClient, id: string): Promise<Outcome> {
  for (let tries = 1; ; tries += 1) {
    const image = await engine.findImage(id);
    if (image === null) return "gone";
    try {
      await scan(settings, engine, image);
      return "reported";
    } catch (error) {
      if (error instanceof Refusal && error.kind === "not-found") return "gone";
      if (error instanceof Refusal) return await reportUnreadable(settings, image, error);
      if (tries >= triesMax) throw error;
    }
    await pause(retryMs * tries, undefined, { signal: settings.signal });
  }
}

async function scan({ folder, reporter, inspect, log }: ScanSettings, engine: EngineClient, image: ImageFacts): Promise<void> {
  const startedAtMs = performance.now();
  const file = path.join(folder, "work", newId());
  try {
    const { packages, warnings } = await inspect({
      request: {
        source: { kind: "engine", socketPath: engine.socketPath, image: image.id },
        cacheFolder: path.join(folder, "layers"),
      },
      // The time of the start: whatever happens to the image in the meantime is reported as later.
      report: { type: "image.inventory", at: reporter.now(), image },
      file,
    });
    await reporter.reportFile("image.inventory", imageSubject(image.id), file);
    const ms = Math.round(performance.now() - startedAtMs);
    log.info({ image: image.repoTags[0] ?? image.id, packages, warnings, ms }, "image inspected");
  } finally {
    await rm(file, { force: true });
  }
}

/** Shown as unreadable, never as clean. */
async function reportUnreadable({ reporter, log }: ScanSettings, image: ImageFacts, refusal: Refusal): Promise<Outcome> {
  const failure = { code: refusal.reason.slice(0, 64), message: refusal.message.slice(0, 2_048) };
  await reporter.report({ type: "image.unreadable", image, failure });
  log.warn({ image: image.repoTags[0] ?? image.id, reason: refusal.message }, "an image cannot be read");
  return "unreadable";
}
