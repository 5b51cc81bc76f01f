import { writeFile } from "node:fs/promises";
import { readdirSync } from "node:fs";
import { release } from "node:os";
import path from "node:path";
import { HeldRoot, identityOf, stampOfOs } from "@rampart/inspection/owners";
import { encodeReport, packageUsesMax, type PackageUse } from "@rampart/protocol";
import { joinUses, RootLook } from "./look-at-root.ts";
import { argumentReader, readProcess } from "./read-process.ts";
import type { Looked, UseOrder } from "./use-order.ts";
import { UseState } from "./use-state.ts";

/** Processes of one root that are looked at; one that forks without end must not keep the others from their turn. */
const processesMax = 512;
/** And the time that it may take, for the same reason. */
const rootMsMax = 3_000;
/** Processes of the machine, Linux's own default limit. */
const allProcessesMax = 32_768;
const allMsMax = 30_000;

/** A root with the resource whose packages lie in it. */
type Target = Readonly<{ imageId: string | null; root: HeldRoot; look: RootLook }>;

/** Looks once at all processes, and writes a report for each resource that has news. */
export async function lookAtUse(order: UseOrder): Promise<Looked> {
  const targets = openTargets(order);
  const isWhole = await seeProcesses(order.proc, targets);
  const state = await UseState.read(order.stateFile);
  const reports: Looked["reports"] = [];
  const byImage = Map.groupBy([...targets.values()], (target) => target.imageId);
  for (const [imageId, roots] of byImage) {
    // Without a single process nobody knows what would be in use.
    if (roots.every(({ look }) => look.processes === 0)) continue;
    const used = joinUses(roots.map((target) => usesOf(target, state)));
    if (!state.isNews(imageId ?? "host", used, Date.parse(order.at))) continue;
    const complete = isWhole && used.length <= packageUsesMax && roots.every(({ look }) => look.isWhole);
    reports.push({ imageId, file: await writeReport(order, imageId, complete, used) });
  }
  await state.write(`${order.stateFile}.new`);
  let processes = 0;
  for (const { look, root } of targets.values()) {
    processes += look.processes;
    root.close();
  }
  return { type: "looked", reports, processes };
}

/** The roots of the host and of the containers, told apart by what they are and not by how they are called. */
function openTargets({ proc, hostRoot, containers }: UseOrder): Map<string, Target> {
  const targets = new Map<string, Target>();
  const add = (imageId: string | null, folder: string): void => {
    const root = HeldRoot.open(folder);
    if (root === null) return;
    // A container of that root is known already, or its process is gone and another one has its number.
    if (targets.has(root.identity)) root.close();
    else targets.set(root.identity, { imageId, root, look: new RootLook(root) });
  };
  add(null, hostRoot);
  for (const { look } of targets.values()) look.addKernel(release());
  for (const { imageId, pid } of containers) add(imageId, path.join(proc, String(pid), "root"));
  return targets;
}

/** Shows each process to the root that it runs in. False when a part of them could not be seen. */
async function seeProcesses(proc: string, targets: ReadonlyMap<string, Target>): Promise<boolean> {
  const readArguments = argumentReader();
  const pids = readdirSync(proc).filter((name) => /^\d{1,10}$/.test(name));
  const endMs = performance.now() + allMsMax;
  for (const pid of pids.slice(0, allProcessesMax)) {
    const folder = path.join(proc, pid);
    const identity = identityOf(path.join(folder, "root"));
    const look = identity === null ? undefined : targets.get(identity)?.look;
    if (look === undefined) continue;
    const startMs = performance.now();
    if (startMs > endMs) return false;
    if (look.processes >= processesMax || look.spentMs > rootMsMax) look.isWhole = false;
    else {
      const seen = await readProcess(folder, readArguments);
      if (seen !== null) look.add(seen);
      look.spentMs += performance.now() - startMs;
    }
  }
  return pids.length <= allProcessesMax && readArguments.isWhole();
}

function usesOf({ imageId, root, look }: Target, state: UseState): PackageUse[] {
  const mark = `${imageId ?? "host"} ${stampOfOs(root)}`;
  const known = state.ownersOf(mark);
  const uses = look.uses(known);
  state.keepOwners(mark, known, (file) => look.has(file));
  return uses;
}

async function writeReport(
  { at, folder }: UseOrder,
  imageId: string | null,
  complete: boolean,
  used: readonly PackageUse[],
): Promise<string> {
  const file = path.join(folder, `use-${imageId?.slice("sha256:".length) ?? "host"}`);
  const report = { type: "packages.used", at, imageId, complete, used: used.slice(0, packageUsesMax) } as const;
  await writeFile(file, await encodeReport(report), { mode: 0o600 });
  return file;
}
