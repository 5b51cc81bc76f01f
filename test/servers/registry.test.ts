import path from "node:path";
import { inspect } from "@rampart/inspection";
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

test("an image that was pushed to a registry with TLS and a password is read from there as it was saved", async () => {
  const scratch = await makeScratch("saved");
  engine = await startDockerd();
  registry = await startRegistry();
  await loadBusybox(engine, { name: "team/box:1" });
  const archive = path.join(scratch.path, "box.tar");
  await engine.run(["save", "--output", archive, "team/box:1"]);
  await registry.push(archive, "team/box:1");
  const { host, ca: caCertificate, username, password } = registry;
  const access = { caCertificate, username, password };
  const image = `${host}/team/box:1`;
  const saved = await inspect({ source: { kind: "archive", path: archive } });
  await scratch.remove();

  const { inventory } = await inspect({ source: { kind: "registry", image, access } });
  expect(inventory.packages.map(({ name }) => name)).toContain("busybox");
  expect(inventory.packages).toEqual(saved.inventory.packages);
  expect(inventory.warnings).toEqual([]);

  const ask = (more: object) => inspect({ source: { kind: "registry", image, access: { ...access, ...more } } });
  await expect(ask({ password: "wrong" })).rejects.toThrow(/does not let "reader" read this image/);
  await expect(inspect({ source: { kind: "registry", image, access: { username, password } } })).rejects.toThrow(
    new RegExp(`registry ${host}`),
  );
});
