import path from "node:path";
import { findOwners, type FileOwner, type HeldRoot } from "@rampart/inspection/owners";
import { isCleanText } from "@rampart/inspection/contract";
import {
  useEvidence,
  useProcessesMax,
  type PackageUse,
  type UsedPackage,
  type UseEvidence,
} from "@rampart/protocol/contract";
import { applicationFolders } from "./application-folders.ts";
import type { SeenProcess } from "./seen-process.ts";

/** Files of one root that are followed to their packages; a desktop with everything open has about 6,000. */
const filesMax = 20_000;
const foldersMax = 64;
/** What a report can carry. */
const pathLengthMax = 1_024;
const processNameMax = 64;

type Use = { evidence: UseEvidence; processes: Set<string> };
/** Files of a root that are known already, with the packages that own them. */
export type KnownOwners = Map<string, readonly FileOwner[]>;

/** Gathers what the processes of one root use, and says which packages that is. */
export class RootLook {
  readonly #root: HeldRoot;
  readonly #files = new Map<string, Use>();
  readonly #folders = new Map<string, Readonly<{ package: UsedPackage; use: Use }>>();
  isWhole = true;
  processes = 0;
  /** What looking at its processes has taken. */
  spentMs = 0;

  constructor(root: HeldRoot) {
    this.#root = root;
  }

  add(seen: SeenProcess): void {
    this.processes += 1;
    const name = nameOfProgram(seen.exe);
    this.#file(seen.exe, "executable", name);
    for (const file of seen.mapped) this.#file(file, "mapped", name);
    for (const file of seen.opened) this.#file(file, "opened", name);
    for (const { kind, path: folder } of applicationFolders(seen, (script) => this.#root.targetOf(script))) {
      if (!fits(folder) || this.#root.stampOf(folder.slice(0, -1)) === "") continue;
      this.#folder({ is: "folder", kind, path: folder }, name);
    }
  }

  /** A kernel is no process, and yet what runs most. Distributions put it into one of two places. */
  addKernel(release: string): void {
    for (const file of [
      `boot/vmlinuz-${release}`,
      `lib/modules/${release}/vmlinuz`,
      `usr/lib/modules/${release}/vmlinuz`,
    ]) {
      if (this.#root.stampOf(file) !== "") this.#file(file, "executable", "kernel");
    }
  }

  /** Works out owners for files that are new; `known` gains those and loses what is not used any more. */
  uses(known: KnownOwners): PackageUse[] {
    const fresh = [...this.#files.keys()].filter((file) => !known.has(file));
    if (fresh.length > 0) {
      const { owners, problems } = findOwners(this.#root, fresh);
      if (problems.length > 0) this.isWhole = false;
      // What could not be found for a passing reason is asked for again.
      else for (const file of fresh) known.set(file, owners.get(file) ?? []);
      for (const [file, found] of owners) known.set(file, found);
    }
    const uses = new Map<string, Readonly<{ package: UsedPackage; use: Use }>>(this.#folders);
    for (const [file, use] of this.#files) {
      for (const owner of known.get(file) ?? []) merge(uses, owner, use);
    }
    return Array.from(uses.values(), ({ package: used, use }) => ({ package: used, ...toPlain(use) }));
  }

  /** The files that are used now, so that the others need not be remembered. */
  has(file: string): boolean {
    return this.#files.has(file);
  }

  #file(file: string, evidence: UseEvidence, process: string): void {
    const use = this.#files.get(file);
    if (use !== undefined) strengthen(use, { evidence, processes: new Set([process]) });
    else if (this.#files.size >= filesMax || !fits(file)) this.isWhole &&= this.#files.size < filesMax;
    else this.#files.set(file, { evidence, processes: new Set([process]) });
  }

  #folder(used: UsedPackage, process: string): void {
    if (this.#folders.size >= foldersMax) this.isWhole = false;
    else merge(this.#folders, used, { evidence: "application", processes: new Set([process]) });
  }
}

/** Joins what several containers of an image use. */
export function joinUses(lists: readonly (readonly PackageUse[])[]): PackageUse[] {
  const joined = new Map<string, Readonly<{ package: UsedPackage; use: Use }>>();
  for (const { package: used, evidence, processes } of lists.flat()) {
    merge(joined, used, { evidence, processes: new Set(processes) });
  }
  return Array.from(joined.values(), ({ package: used, use }) => ({ package: used, ...toPlain(use) }));
}

/** Two uses of the same package have the same key. */
export function keyOfUse(used: UsedPackage): string {
  if (used.is === "os") return `os ${used.name}`;
  return used.is === "file" ? `file ${used.path}` : `folder ${used.kind} ${used.path}`;
}

type Merged = Map<string, Readonly<{ package: UsedPackage; use: Use }>>;

function merge(uses: Merged, used: UsedPackage, use: Use): void {
  if (!fits(used.is === "os" ? used.name : used.path)) return;
  const key = keyOfUse(used);
  const same = uses.get(key);
  if (same === undefined) {
    uses.set(key, { package: used, use: { evidence: use.evidence, processes: new Set(use.processes) } });
  } else strengthen(same.use, use);
}

function strengthen(use: Use, by: Use): void {
  if (useEvidence.indexOf(by.evidence) < useEvidence.indexOf(use.evidence)) use.evidence = by.evidence;
  for (const process of by.processes) if (use.processes.size < useProcessesMax) use.processes.add(process);
}

function toPlain({ evidence, processes }: Use): Pick<PackageUse, "evidence" | "processes"> {
  return { evidence, processes: [...processes].toSorted() };
}

/** What no inventory can hold matches nothing there. */
function fits(text: string): boolean {
  return text.length > 0 && text.length <= pathLengthMax && isCleanText(text);
}

/** The program's file rather than the name that a process gives itself, which may say anything. */
function nameOfProgram(exe: string): string {
  const name = path.posix.basename(exe).slice(0, processNameMax).toWellFormed();
  return isCleanText(name) && name !== "" ? name : "unnamed";
}
