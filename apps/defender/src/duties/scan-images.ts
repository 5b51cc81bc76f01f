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

type Urgency = "in-use" | "unused";

export type ImageScanner = Readonly<{
  /** The engine to read from; null while there is none. */
  use(client: EngineClient | null): void;
  /** Asks for a scan of each image that was not reported lately. Images of containers go first. */
  want(ids: readonly string[], urgency: Urgency): void;
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
  const line = waitingLine();
  let client: EngineClient | null = null;
  let running = 0;
  /** What went wrong last, until a scan succeeds. */
  let failure: string | undefined;

  const ageMaxMs = () => settings.policy().scanning.everyHours * hourMs;

  function startMore(): void {
    while (running < settings.policy().scanning.atOnce && client !== null && !signal.aborted) {
      const id = line.take(settings.policy().scanning.unusedImages);
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
    board.note(duty, "working", `inspecting ${id}; ${line.size()} more wait`);
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
        if (!scanned.isFresh(id, ageMaxMs(), Date.now())) line.add(id, urgency);
      }
      startMore();
    },
    async keepOnly(ids) {
      line.keepOnly(ids);
      await scanned.keepOnly(ids);
    },
    forgetAll: () => scanned.forgetAll(),
  };
}

/** Images in the order of their scans, each once; those of containers go first. */
function waitingLine() {
  const inUse = new Set<string>();
  const unused = new Set<string>();
  const drop = (id: string): void => {
    inUse.delete(id);
    unused.delete(id);
  };
  return {
    size: () => inUse.size + unused.size,
    add(id: string, urgency: Urgency) {
      if (urgency === "in-use") inUse.add(id);
      else if (!inUse.has(id)) unused.add(id);
    },
    take(withUnused: boolean): string | undefined {
      const [id] = withUnused ? [...inUse, ...unused] : inUse;
      if (id !== undefined) drop(id);
      return id;
    },
    keepOnly(ids: ReadonlySet<string>) {
      for (const id of [...inUse, ...unused]) if (!ids.has(id)) drop(id);
    },
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

async function scan(
  { folder, reporter, inspect, log }: ScanSettings,
  engine: EngineClient,
  image: ImageFacts,
): Promise<void> {
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
async function reportUnreadable(
  { reporter, log }: ScanSettings,
  image: ImageFacts,
  refusal: Refusal,
): Promise<Outcome> {
  const failure = { code: refusal.reason.slice(0, 64), message: refusal.message.slice(0, 2_048) };
  await reporter.report({ type: "image.unreadable", image, failure });
  log.warn({ image: image.repoTags[0] ?? image.id, reason: refusal.message }, "an image cannot be read");
  return "unreadable";
}
