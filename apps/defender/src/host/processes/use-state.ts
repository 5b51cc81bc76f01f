import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { packageUsesMax, type PackageUse } from "@rampart/protocol/contract";
import { z } from "zod";
import { readJsonFile } from "../durable-file.ts";
import { keyOfUse, type KnownOwners } from "./look-at-root.ts";

const Owner = z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("os"), name: z.string().max(4_096) }),
  z.strictObject({ is: z.literal("file"), path: z.string().max(4_096) }),
]);
const State = z.strictObject({
  /** Owners of files, by a mark of the root that they were found in. */
  owners: z.record(z.string().max(4_096), z.record(z.string().max(4_096), z.array(Owner).max(1_000))),
  /** When a use was last reported, by resource and by what tells the use apart. */
  reported: z.record(z.string().max(128), z.record(z.string().max(64), z.number())),
});
type State = z.infer<typeof State>;

/**
 * A use that is still there is told again after this long, so that people see that it is; one that comes and goes is no
 * news before.
 */
const tellAgainMs = 6 * 3_600_000;
/** Stands for the look itself, which is news even when it found nothing. */
const everything = "everything";
/** Files of all roots whose owners are remembered; of the others they are found anew each time. */
const ownersMax = 200_000;

/**
 * What one look leaves for the next: nothing is worked out again that has not changed, and nothing is reported again
 * before its time. Kept on disk, because each look has a process of its own.
 */
export class UseState {
  readonly #before: State;
  readonly #after: State = { owners: {}, reported: {} };
  #ownersLeft = ownersMax;

  private constructor(before: State) {
    this.#before = before;
  }

  /** A state that is missing or damaged costs one more look at everything. */
  static async read(file: string): Promise<UseState> {
    const parsed = State.safeParse(await readJsonFile(file));
    return new UseState(parsed.success ? parsed.data : { owners: {}, reported: {} });
  }

  /** Owners found in a root; the mark changes with its packages. */
  ownersOf(mark: string): KnownOwners {
    return new Map(Object.entries(this.#after.owners[digest(mark)] ?? this.#before.owners[digest(mark)] ?? {}));
  }

  keepOwners(mark: string, known: KnownOwners, isUsed: (file: string) => boolean): void {
    const kept = [...known].filter(([file]) => isUsed(file) || this.#after.owners[digest(mark)]?.[file] !== undefined);
    const fitting = kept.slice(0, this.#ownersLeft);
    this.#ownersLeft -= fitting.length;
    this.#after.owners[digest(mark)] = Object.fromEntries(fitting.map(([file, owners]) => [file, [...owners]]));
  }

  /** Whether a look at a resource found anything to tell; if so, all of it counts as told. */
  isNews(resource: string, uses: readonly PackageUse[], nowMs: number): boolean {
    const told = new Map(Object.entries(this.#before.reported[resource] ?? {}));
    const isFresh = (key: string): boolean => {
      const at = told.get(key);
      return at !== undefined && at <= nowMs && nowMs - at < tellAgainMs;
    };
    const keys = [everything, ...uses.map((use) => digest(`${use.evidence} ${keyOfUse(use.package)}`))];
    const isNews = keys.some((key) => !isFresh(key));
    if (isNews) for (const key of keys) told.set(key, nowMs);
    const kept = [...told].filter(([key]) => isFresh(key)).slice(-2 * packageUsesMax);
    this.#after.reported[resource] = Object.fromEntries(kept);
    return isNews;
  }

  async write(file: string): Promise<void> {
    await writeFile(file, JSON.stringify(this.#after), { mode: 0o600 });
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}
