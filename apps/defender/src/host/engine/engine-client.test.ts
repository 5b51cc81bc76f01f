import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startDockerd } from "../../../../../test/servers/dockerd.ts";
import type { Engine } from "../../../../../test/servers/engine.ts";
import { loadBusybox } from "../../../../../test/servers/images.ts";
import { startPodman } from "../../../../../test/servers/podman.ts";
import { engineClient, type EngineClient } from "./engine-client.ts";
import { findEngine } from "./find-engine.ts";
import type { EngineEvent } from "./shapes.ts";

describe.each([
  ["docker", startDockerd],
  ["podman", startPodman],
] as const)("%s", (kind, start) => {
  let engine: Engine;
  let client: EngineClient;
  const stopped = new AbortController();

  beforeAll(async () => {
    engine = await start();
    await loadBusybox(engine, { name: "shop/web:1", labels: { team: "blue box" } });
    client = engineClient(engine.socket);
  });
  afterAll(async () => {
    stopped.abort();
    await engine.stop();
  });

  test("says what it is", async () => {
    expect(await findEngine(engine.socket)).toMatchObject({
      engine: { kind, version: expect.stringMatching(/^\d+\.\d+/) },
    });
  });

  test("images carry id, tags, labels and size", async () => {
    const [image] = await client.listImages();
    expect(image).toMatchObject({
      id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      repoTags: [expect.stringContaining("shop/web:1")],
    });
    const facts = await client.findImage(image?.id ?? "");
    expect(facts).toMatchObject({ ...image, labels: { team: "blue box" }, os: "linux", architecture: "amd64" });
    expect(facts?.sizeBytes).toBeGreaterThan(1_000_000);
    expect(facts?.command?.[0]).toBe("/bin/sh");
  });

  test("a started container is announced at once and carries image, state and labels", async () => {
    const events = await client.openEvents(stopped.signal);
    const started = nextOf(events, (event) => event.Type === "container" && event.Action === "start");
    await engine.run(["run", "--detach", "--name", "web", "--label", "tier=front", "--user", "1000", "shop/web:1"]);
    const id = (await started).Actor.ID;
    expect(await client.listContainerIds()).toEqual([id]);
    const [image] = await client.listImages();
    expect(await client.findContainer(id)).toMatchObject({
      id,
      name: "web",
      imageId: image?.id,
      imageName: expect.stringContaining("shop/web:1"),
      state: "running",
      user: "1000",
      labels: { tier: "front", team: "blue box" },
      pid: expect.any(Number),
      startedAt: expect.stringMatching(/^20\d\d-/),
    });
  });

  test("a container writes into the folder that the engine names, on the layers of its image", async () => {
    const id = (await client.listContainerIds())[0] ?? "";
    const writable = await client.findWritable(id);
    expect(writable?.diffIds).toEqual([expect.stringMatching(/^sha256:[0-9a-f]{64}$/)]);
    await engine.run(["exec", "--user", "0", id, "/bin/sh", "-c", "echo written > /tmp/here"]);
    expect(await readFile(`${writable?.upper}/tmp/here`, "utf8")).toBe("written\n");
  });

  test("a removed container is announced, and then unknown", async () => {
    const id = (await client.listContainerIds())[0] ?? "";
    const events = await client.openEvents(stopped.signal);
    const removed = nextOf(events, (event) => ["destroy", "remove"].includes(event.Action) && event.Actor.ID === id);
    await engine.run(["rm", "--force", "web"]);
    await removed;
    expect(await client.findContainer(id)).toBeNull();
    expect(await client.findWritable(id)).toBeNull();
  });

  test("an unknown image is null", async () => {
    expect(await client.findImage(`sha256:${"0".repeat(64)}`)).toBeNull();
  });
});

test("a socket that nobody answers on is no engine", async () => {
  expect(await findEngine("/nowhere/docker.sock")).toBeNull();
});

async function nextOf(
  events: AsyncIterable<EngineEvent>,
  isWanted: (event: EngineEvent) => boolean,
): Promise<EngineEvent> {
  for await (const event of events) if (isWanted(event)) return event;
  throw new Error("the stream of events ended");
}
