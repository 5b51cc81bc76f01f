import { copyFile, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDiskCache } from "./disk-cache.ts";
import { layerResultRevision } from "./layer-result.ts";
import type { LayerResult } from "./layer-result.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rampart-layer-cache-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function layer(digit: string, size = 10): LayerResult {
  // Different in each layer, so that packing does not make them vanish.
  const links = Array.from({ length: size }, (_, index) => `${digit}${Math.abs(Math.sin(index)).toString(36)}`);
  const content = { records: [], whiteouts: [], opaqueFolders: [], silentFiles: [], links, warnings: [] };
  return { revision: layerResultRevision, diffId: `sha256:${digit.repeat(64)}`, sizeBytes: 512, content };
}

describe("disk cache", () => {
  test("gives back what was put, also to another process", async () => {
    await openDiskCache({ folder }).put(layer("a"));
    expect(await openDiskCache({ folder }).get(layer("a").diffId)).toEqual(layer("a"));
    expect((await readdir(folder)).filter((name) => name.endsWith(".partial"))).toEqual([]);
  });

  test("what is not there, broken or of another layer counts as not kept", async () => {
    const cache = openDiskCache({ folder });
    expect(await cache.get(layer("a").diffId)).toBeNull();
    await cache.put(layer("a"));
    const [name = ""] = await readdir(folder);
    await writeFile(join(folder, name.replace(/^a+/, "b".repeat(64))), "no gzip");
    expect(await cache.get(layer("b").diffId)).toBeNull();
    await openDiskCache({ folder }).put(layer("c"));
    const other = (await readdir(folder)).find((file) => file.startsWith("c")) ?? "";
    await copyFile(join(folder, other), join(folder, name));
    expect(await cache.get(layer("a").diffId)).toBeNull();
  });

  test("a digest never leads out of the folder", async () => {
    const cache = openDiskCache({ folder });
    expect(await cache.get("sha256:../../etc/passwd")).toBeNull();
    await cache.put({ ...layer("a"), diffId: "../escape" });
    expect(await readdir(folder)).toEqual([]);
  });

  test("stays within its size; what was used longest ago goes first", async () => {
    let now = 1_700_000_000_000;
    const clock = () => (now += 10_000);
    const cache = openDiskCache({ folder, bytesMax: 25_000, clock });
    await cache.put(layer("a", 1000));
    await cache.put(layer("b", 1000));
    await cache.get(layer("a").diffId);
    await cache.get(layer("b").diffId);
    await cache.get(layer("a").diffId);
    await cache.put(layer("c", 1000));
    const kept = (await readdir(folder)).map((name) => name[0]);
    expect(kept).toContain("c");
    expect(kept).not.toContain("b");
  });
});
