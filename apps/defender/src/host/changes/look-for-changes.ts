import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { inspectContainerChanges, openDiskCache, printWritableLayer, type ContainerChanges } from "@rampart/inspection";
import { messageOf } from "@rampart/kernel";
import { DefenderReport, encodeReport } from "@rampart/protocol";
import { changedPackagesMax, changedSecretsMax, changeWarningsMax, containersMax } from "@rampart/protocol/contract";
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
  const seen = new Map(Object.entries(parsed.success ? parsed.data : {}));
  const answer: LookedForChanges = { type: "looked", reports: [], waiting: 0, unreadable: 0, problem: null };
  const endsAtMs = performance.now() + beginWithinMs;
  for (const container of order.containers) {
    if (performance.now() > endsAtMs) answer.waiting += 1;
    else await lookAndNote(container, order, { seen, answer });
  }
  await writeFile(`${order.stateFile}.new`, JSON.stringify(Object.fromEntries(seen)), { mode: 0o600 });
  return answer;
}

type Noted = Readonly<{ seen: Map<string, SeenContainer>; answer: LookedForChanges }>;

async function lookAndNote(container: ChangeableContainer, order: ChangesOrder, noted: Noted): Promise<void> {
  const { seen, answer } = noted;
  try {
    const looked = await lookAt(container, seen.get(container.id), order);
    if (looked === null) answer.waiting += 1;
    else keepLast(seen, container.id, looked.seen);
    if (looked?.report) answer.reports.push(looked.report);
  } catch (error) {
    // Mostly one that has ended meanwhile, and its folder with it.
    answer.unreadable += 1;
    answer.problem = messageOf(error).slice(0, 512);
  }
}

/** Remembers containers that have stopped too, since they may start again; those seen longest ago are forgotten. */
function keepLast(seen: Map<string, SeenContainer>, id: string, container: SeenContainer): void {
  seen.delete(id);
  seen.set(id, container);
  const oldest = seen.size > containersMax ? seen.keys().next().value : undefined;
  if (oldest !== undefined) seen.delete(oldest);
}

type Looked = Readonly<{ seen: SeenContainer; report: LookedForChanges["reports"][number] | null }>;

/** Null while the image of the container is not known yet. */
async function lookAt(
  container: ChangeableContainer,
  known: SeenContainer | undefined,
  order: ChangesOrder,
): Promise<Looked | null> {
  const print = await printWritableLayer(container.upper);
  if (known?.print === print) return { seen: known, report: null };
  const changes = await inspectContainerChanges(container, openDiskCache({ folder: order.cacheFolder }));
  if (changes === null) return null;
  const told = digestOf(changes);
  // A container that nobody has changed is not worth a word, unless it was changed before.
  const isNews = told !== (known?.told ?? unchanged);
  const report = isNews ? { containerId: container.id, file: await writeReport(container, changes, order) } : null;
  return { seen: { print, told }, report };
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
