import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { startDockerd } from "./dockerd.ts";
import type { Engine } from "./engine.ts";
import { loadBusybox } from "./images.ts";
import { startRegistry, type Registry } from "./registry.ts";
import { makeScratch } from "./scratch.ts";

let engine: Engine | undefined;
let registry: Registry | undefined;
afterAll(async () => {
  await engine?.stop();
  await registry?.stop();
});

test("a registry with TLS and a password takes a saved image", async () => {
  const scratch = await makeScratch("saved");
  engine = await startDockerd();
  registry = await startRegistry();
  await loadBusybox(engine, { name: "team/box:1" });
  const archive = path.join(scratch.path, "box.tar");
  await engine.run(["save", "--output", archive, "team/box:1"]);
  await registry.push(archive, "team/box:1");
  await scratch.remove();
  expect(registry.host).toMatch(/^localhost:\d+$/);
});
