// Follows a container engine:
//
//   no engine --(found)--> listen, then list everything --> follow events --(stream ends)--> no engine
//
// Listening begins before the lists are read, so that nothing falls in between. Lists are read again from time to time,
// because engines lose events when they are under pressure.
import { setTimeout as pause } from "node:timers/promises";
import { messageOf } from "@rampart/kernel";
import type { ContainerEngine } from "@rampart/protocol";
import type { EngineClient } from "../host/engine/engine-client.ts";
import type { FoundEngine } from "../host/engine/find-engine.ts";
import type { EngineEvent } from "../host/engine/shapes.ts";
import type { Log } from "../log.ts";
import { containersSeen, type RunningContainer } from "./containers-seen.ts";
import { dirtySet } from "./dirty-set.ts";
import type { DutyBoard } from "./duty-board.ts";
import { imagesSeen } from "./images-seen.ts";
import type { Reporter } from "./reporter.ts";
import type { ImageScanner } from "./scan-images.ts";

export type WatchSettings = Readonly<{
  find: () => Promise<FoundEngine | null>;
  reporter: Reporter;
  scanner: ImageScanner;
  board: DutyBoard;
  log: Log;
  signal: AbortSignal;
  /** Called when an engine came, changed or went away. */
  onEngine: (engine: ContainerEngine | null) => void;
  /** Called when a container was seen to run. */
  onRunning: () => void;
  lookAgainMs?: number;
}>;

export type EngineWatch = Readonly<{
  run(): Promise<void>;
  counts(): Readonly<{ containers: number; images: number }>;
  running(): readonly RunningContainer[];
  /** The engine that is followed; null while there is none. */
  client(): EngineClient | null;
  /** Reports and scans everything anew. */
  again(): Promise<void>;
}>;

const duty = "watch-engine";
const lookAgainMsDefault = 3_000;
const listAgainMs = 10 * 60_000;
/** Keys that stand for the list of images and for everything; containers are marked by their ids. */
const imageList = "images";
const everything = "everything";
/** What happens inside a container says nothing about it, and health checks happen every few seconds. */
const noise =
  /^(exec|health_status|top|attach|detach|resize|copy|export|archive-path|extract-to-dir|sync|cleanup|init)/;

/** Looks at what changed, reports it and asks for the scans that follow. */
function engineLook({ reporter, scanner, onRunning }: WatchSettings) {
  const containers = containersSeen(reporter);
  const images = imagesSeen(reporter);

  async function listImages(client: EngineClient): Promise<void> {
    const ids = await images.reportAll(client);
    await scanner.keepOnly(new Set(ids));
    scanner.want(ids, "unused");
  }

  async function listAll(client: EngineClient): Promise<void> {
    scanner.want(await containers.reportAll(client), "in-use");
    onRunning();
    await listImages(client);
  }

  async function look(client: EngineClient, key: string): Promise<void> {
    if (key === everything) return listAll(client);
    if (key === imageList) return listImages(client);
    const container = await containers.reportOne(client, key);
    if (container === null) return;
    scanner.want([container.imageId], container.state === "running" ? "in-use" : "unused");
    if (container.state === "running") onRunning();
    if (!images.has(container.imageId)) await listImages(client);
  }

  return { containers, images, listAll, look };
}

export function watchEngine(settings: WatchSettings): EngineWatch {
  const { scanner, board, log, signal, onEngine } = settings;
  const { containers, images, listAll, look } = engineLook(settings);
  let markAll: () => void = () => undefined;
  let current: EngineClient | null = null;

  async function follow({ client, engine }: FoundEngine): Promise<void> {
    const ending = new AbortController();
    const dirty = dirtySet(
      (key) => look(client, key),
      (error) => {
        log.warn({ error }, "a change of the container engine could not be looked at");
        ending.abort();
      },
    );
    // In turn with the changes, so that a list never carries older news than a change that was reported before it.
    const timer = setInterval(() => dirty.mark(everything), listAgainMs);
    try {
      const events = await client.openEvents(AbortSignal.any([signal, ending.signal]));
      markAll = () => dirty.mark(everything);
      onEngine(engine);
      scanner.use(client);
      current = client;
      await listAll(client);
      board.note(duty, "idle", `following ${engine.kind} ${engine.version}`);
      log.info({ ...engine, socket: client.socketPath }, "following a container engine");
      for await (const event of events) markChanged(event, (key) => dirty.mark(key));
    } finally {
      clearInterval(timer);
      ending.abort();
      markAll = () => undefined;
      scanner.use(null);
      current = null;
    }
  }

  async function followOnce(): Promise<void> {
    const found = await settings.find();
    if (found === null) {
      board.note(duty, "idle", "There is no container engine on this host.");
      return onEngine(null);
    }
    try {
      await follow(found);
      log.info({ engine: found.engine.kind }, "the container engine ended its stream of events");
    } catch (error) {
      if (signal.aborted) return;
      board.note(duty, "failing", `The container engine does not answer as expected: ${messageOf(error)}`);
      log.warn({ error }, "the container engine does not answer as expected");
    }
  }

  return {
    counts: () => ({ containers: containers.count(), images: images.count() }),
    running: containers.running,
    client: () => current,
    async run() {
      while (!signal.aborted) {
        await followOnce();
        await pause(settings.lookAgainMs ?? lookAgainMsDefault, undefined, { signal }).catch(() => undefined);
      }
    },
    async again() {
      containers.forget();
      images.forget();
      await scanner.forgetAll();
      markAll();
    },
  };
}

function markChanged({ Type, Action, Actor }: EngineEvent, mark: (key: string) => void): void {
  if (Type === "image") mark(imageList);
  else if (Type === "container" && !noise.test(Action)) mark(Actor.ID);
}
