import { readdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { startDockerd } from "./dockerd.ts";
import type { Engine } from "./engine.ts";
import { loadBusybox } from "./images.ts";
import { startPodman } from "./podman.ts";

describe.each([
  ["docker", startDockerd],
  ["podman", startPodman],
])("%s", (_kind, start) => {
  let engine: Engine | undefined;
  afterAll(() => engine?.stop());

  test("runs a container of an image that keeps its labels", async () => {
    engine = await start();
    await loadBusybox(engine, { name: "busybox:test", labels: { team: "blue box" } });
    await engine.run(["run", "--detach", "--name", "first", "busybox:test"]);
    expect(await engine.run(["exec", "first", "echo", "alive"])).toBe("alive");
    expect(JSON.parse(await engine.run(["image", "inspect", "busybox:test"]))[0].Config.Labels).toEqual({
      team: "blue box",
    });
  });

  test("leaves nothing behind", async () => {
    const folder = path.dirname(engine?.socket ?? "");
    await engine?.stop();
    engine = undefined;
    expect((await readdir("/var/tmp")).includes(path.basename(folder))).toBe(false);
    expect(folder).toContain("rampart-engine-");
  });
});
