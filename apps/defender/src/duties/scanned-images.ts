import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/** Remembers which images have been reported, with which inspection and when. One small file an image. */
export type ScannedImages = Readonly<{
  /** Whether the image was reported by this inspection, less than `ageMaxMs` ago. */
  isFresh(id: string, ageMaxMs: number, nowMs: number): boolean;
  note(id: string, nowMs: number): Promise<void>;
  /** Forgets all but these, so that the folder does not grow with the images of years. */
  keepOnly(ids: ReadonlySet<string>): Promise<void>;
  forgetAll(): Promise<void>;
}>;

const idPattern = /^sha256:([0-9a-f]{64})$/;

/** `revision` names the inspection: what another one reported counts as not reported. */
export async function openScannedImages(folder: string, revision: string): Promise<ScannedImages> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const scanned = new Map<string, number>();
  for (const name of await readdir(folder)) {
    const [by, at] = (await readFile(path.join(folder, name), "utf8")).split(" ");
    if (by === revision) scanned.set(`sha256:${name}`, Number(at));
  }
  const forget = async (id: string) => {
    scanned.delete(id);
    await rm(fileOf(folder, id), { force: true });
  };

  return {
    isFresh(id, ageMaxMs, nowMs) {
      const at = scanned.get(id);
      // A time in the future comes from a clock that was wrong.
      return at !== undefined && at <= nowMs && nowMs - at < ageMaxMs;
    },
    async note(id, nowMs) {
      // Not synced: losing it in a crash costs one more scan, and a half written one is not fresh.
      await writeFile(fileOf(folder, id), `${revision} ${nowMs}`, { mode: 0o600 });
      scanned.set(id, nowMs);
    },
    async keepOnly(ids) {
      for (const id of scanned.keys()) if (!ids.has(id)) await forget(id);
    },
    async forgetAll() {
      for (const id of scanned.keys()) await forget(id);
    },
  };
}

function fileOf(folder: string, id: string): string {
  const hex = idPattern.exec(id)?.[1];
  if (hex === undefined) throw new Error(`no image id: ${id}`);
  return path.join(folder, hex);
}
