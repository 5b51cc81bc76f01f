import { createHash } from "node:crypto";
import { containersMax, type ContainerFacts } from "@rampart/protocol";
import type { EngineClient } from "../host/engine/engine-client.ts";
import type { Reporter } from "./reporter.ts";

/** Containers asked for at the same time while the full list is made. */
const lookupsAtOnce = 4;

export type RunningContainer = Readonly<{ id: string; imageId: string; pid: number }>;

/** What was last reported of this host's containers, as fingerprints, so that nothing is reported twice. */
export type ContainersSeen = Readonly<{
  count(): number;
  running(): readonly RunningContainer[];
  /** Reports the full list if it differs. Answers with the images that containers use, running ones first. */
  reportAll(client: EngineClient): Promise<readonly string[]>;
  /** Reports one container if it differs. Answers with what it is now. */
  reportOne(client: EngineClient, id: string): Promise<ContainerFacts | null>;
  /** The next full list is reported whatever it says. */
  forget(): void;
}>;

export function containersSeen(reporter: Reporter): ContainersSeen {
  let seen = new Map<string, string>();
  let running = new Map<string, RunningContainer>();
  let isReported = false;

  return {
    count: () => seen.size,
    running: () => [...running.values()],
    async reportAll(client) {
      const containers = await listContainers(client);
      const next = new Map(containers.map((container) => [container.id, fingerprint(container)]));
      if (!isReported || !isSame(seen, next)) await reporter.report({ type: "containers.snapshot", containers });
      seen = next;
      running = new Map(containers.flatMap(toRunning).map((container) => [container.id, container]));
      isReported = true;
      return imagesOf(containers);
    },
    async reportOne(client, id) {
      const container = await client.findContainer(id);
      const print = container === null ? undefined : fingerprint(container);
      const [run] = container === null ? [] : toRunning(container);
      if (run === undefined) running.delete(id);
      else running.set(id, run);
      if (seen.get(id) === print) return container;
      await reporter.report({ type: "container.changed", containerId: id, container });
      if (print === undefined) seen.delete(id);
      else seen.set(id, print);
      return container;
    },
    forget: () => void (isReported = false),
  };
}

async function listContainers(client: EngineClient): Promise<ContainerFacts[]> {
  const ids = (await client.listContainerIds()).slice(0, containersMax);
  const containers: ContainerFacts[] = [];
  const waiting = ids.values();
  async function lookUp(): Promise<void> {
    for (const id of waiting) {
      const container = await client.findContainer(id);
      if (container !== null) containers.push(container);
    }
  }
  await Promise.all(Array.from({ length: lookupsAtOnce }, lookUp));
  return containers;
}

function toRunning({ id, imageId, state, pid }: ContainerFacts): RunningContainer[] {
  return state === "running" && pid !== undefined ? [{ id, imageId, pid }] : [];
}

function imagesOf(containers: readonly ContainerFacts[]): string[] {
  const running = containers.filter((container) => container.state === "running");
  return [...new Set([...running, ...containers].map((container) => container.imageId))];
}

function fingerprint(container: ContainerFacts): string {
  return createHash("sha1").update(JSON.stringify(container)).digest("base64");
}

function isSame(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([id, print]) => other.get(id) === print);
}
