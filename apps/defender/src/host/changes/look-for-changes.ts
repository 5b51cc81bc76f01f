import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { inspectContainerChanges, openDiskCache, printWritableLayer, type ContainerChanges } from "@rampart/inspection";
import { DefenderReport, encodeReport } from "@rampart/protocol";
import { changedPackagesMax, changedSecretsMax, changeWarningsMax } from "@rampart/protocol/contract";
import { z } from "zod";
import { readJsonFile } from "../durable-file.ts";
import type { ChangeableContainer, ChangesOrder, LookedForChanges } from "./order.ts";

/** What was seen of a container: the print of what it wrote, and of what was last told of it. */
const SeenContainer = z.strictObject({ print: z.string().max(64), told: z.string().max(64) });
type SeenContainer = z.infer<typeof SeenContainer>;
const State = z.record(z.string().max(64), SeenContainer);

/** No container is begun after this long: it is looked at next time. What has not changed costs next to nothing. */
const beginWithinMs = 60_000;

const unchanged = digestOf({ added: [], removed: [], secrets: [], warnings: [] });

/** Looks at each container whose writable layer is not as it was, and writes a report where that is news. */
export async function lookForChanges(order: ChangesOrder): Promise<LookedForChanges> {
  const parsed = State.safeParse(await readJsonFile(order.stateFile));
  // A state that is missing or damaged costs one more look at everything.
  const before = parsed.success ? parsed.data : {};
  const after: Record<string, SeenContainer> = {};
  const reports: LookedForChanges["reports"] = [];
  const counts = { waiting: 0, unreadable: 0 };
  const endsAtMs = performance.now() + beginWithinMs;
  for (const container of order.containers) {
    const known = before[container.id];
    if (known !== undefined) after[container.id] = known;
    const looked = performance.now() > endsAtMs ? "waiting" : await lookAt(container, known, order);
    if (looked === "waiting" || looked === "unreadable") counts[looked] += 1;
    else {
      after[container.id] = looked.seen;
      if (looked.report !== null) reports.push({ containerId: container.id, file: looked.report });
    }
  }
  await writeFile(`${order.stateFile}.new`, JSON.stringify(after), { mode: 0o600 });
  return { type: "looked", reports, ...counts };
}

type Looked = Readonly<{ seen: SeenContainer; report: string | null }>;

async function lookAt(
  container: ChangeableContainer,
  known: SeenContainer | undefined,
  order: ChangesOrder,
): Promise<Looked | "waiting" | "unreadable"> {
  try {
    const print = await printWritableLayer(container.upper);
    if (known?.print === print) return { seen: known, report: null };
    const changes = await inspectContainerChanges(container, openDiskCache({ folder: order.cacheFolder }));
    if (changes === null) return "waiting";
    const told = digestOf(changes);
    // A container that nobody has changed is not worth a word, unless it was changed before.
    const isNews = told !== (known?.told ?? unchanged);
    return { seen: { print, told }, report: isNews ? await writeReport(container, changes, order) : null };
  } catch {
    // Mostly one that has ended meanwhile, and its folder with it.
    return "unreadable";
  }
}

async function writeReport(
  { id, imageId }: ChangeableContainer,
  changes: ContainerChanges,
  { at, folder }: ChangesOrder,
): Promise<string> {
  const type = "container.contents";
  const report = DefenderReport.parse({ type, at, containerId: id, imageId, ...withinLimits(changes) });
  const file = path.join(folder, id);
  await writeFile(file, await encodeReport(report), { mode: 0o600 });
  return file;
}

/** Cuts what a report cannot carry, and says so. */
function withinLimits({ added, removed, secrets, warnings }: ContainerChanges): ContainerChanges {
  const lists = [
    [added.length, changedPackagesMax, "packages added"],
    [removed.length, changedPackagesMax, "packages removed"],
    [secrets.length, changedSecretsMax, "secrets"],
  ] as const;
  const cut = lists
    .filter(([length, max]) => length > max)
    .map(([length, max, what]) => ({
      code: "packages-over-limit",
      message: `${length} ${what}, of which ${max} are listed`,
    }));
  return {
    added: added.slice(0, changedPackagesMax),
    removed: removed.slice(0, changedPackagesMax),
    secrets: secrets.slice(0, changedSecretsMax),
    warnings: [...cut, ...warnings].slice(0, changeWarningsMax),
  };
}

function digestOf(changes: ContainerChanges): string {
  return createHash("sha256").update(JSON.stringify(changes)).digest("base64url").slice(0, 22);
}
