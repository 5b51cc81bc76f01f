import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { LayerCache } from "./layer-cache.ts";
import { LayerResult, layerResultRevision } from "./layer-result.ts";

export type DiskCacheOptions = Readonly<{ folder: string; bytesMax?: number; clock?: () => number }>;

const bytesMaxDefault = 512 * 1024 * 1024;
/** The packed result of a single layer; the largest seen is 2 MiB. */
const resultBytesMax = 64 * 1024 * 1024;
const diffIdPattern = /^sha256:([0-9a-f]{64})$/;
const suffix = `.r${layerResultRevision}.json.gz`;
const packed = promisify(gzip);
const unpacked = promisify(gunzip);

/**
 * A cache in a folder of its own. Files appear by rename, so that a crash leaves none half written; what cannot be
 * read any more counts as not kept. When it grows beyond `bytesMax`, what was used longest ago goes first.
 */
export function openDiskCache({ folder, bytesMax = bytesMaxDefault, clock = Date.now }: DiskCacheOptions): LayerCache {
  return {
    async get(diffId) {
      const path = pathOf(folder, diffId);
      const result = path === null ? null : await readResult(path, diffId);
      if (path === null || result === null) return null;
      const now = new Date(clock());
      await utimes(path, now, now).catch(() => {});
      return result;
    },
    async put(result) {
      const path = pathOf(folder, result.diffId);
      if (path === null) return;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const bytes = await packed(JSON.stringify(result), { level: 1 });
      if (bytes.length > resultBytesMax) return;
      const partial = join(folder, `${randomUUID()}.partial`);
      await writeFile(partial, bytes, { mode: 0o600 });
      await rename(partial, path);
      await trim(folder, bytesMax, clock());
    },
  };
}

function pathOf(folder: string, diffId: string): string | null {
  const hex = diffIdPattern.exec(diffId)?.[1];
  return hex === undefined ? null : join(folder, `${hex}${suffix}`);
}

async function readResult(path: string, diffId: string): Promise<LayerResult | null> {
  try {
    const bytes = await unpacked(await readFile(path), { maxOutputLength: 8 * resultBytesMax });
    const parsed = LayerResult.safeParse(JSON.parse(bytes.toString("utf8")));
    return parsed.success && parsed.data.diffId === diffId ? parsed.data : null;
  } catch {
    return null;
  }
}

const partialLifeMs = 60 * 60 * 1000;

async function trim(folder: string, bytesMax: number, now: number): Promise<void> {
  const files = await Promise.all((await readdir(folder)).map((name) => measure(join(folder, name))));
  const present = files.filter((file) => file !== null).sort((a, b) => b.usedAt - a.usedAt);
  let total = 0;
  for (const { path, bytes, usedAt } of present) {
    total += bytes;
    const isAbandoned = path.endsWith(".partial") && now - usedAt > partialLifeMs;
    const isOfOtherRevision = !path.endsWith(".partial") && !path.endsWith(suffix);
    if (total > bytesMax || isAbandoned || isOfOtherRevision) await rm(path, { force: true });
  }
}

async function measure(path: string): Promise<{ path: string; bytes: number; usedAt: number } | null> {
  const found = await stat(path).catch(() => null);
  return found === null || !found.isFile() ? null : { path, bytes: found.size, usedAt: found.mtimeMs };
}
