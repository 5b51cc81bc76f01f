import type { FoundPackage } from "../../layers/layer-result.ts";
import { Capture } from "./capture.ts";
import { isLinkedByGo } from "./elf.ts";
import { goInfoBytesMax, goToolchain } from "./go-build-info.ts";
import { readGoModules } from "./go-modules.ts";
import { WindowSearch } from "./window-search.ts";

/** The note that holds a Go program's build id, by which it is known from its first page. */
const note = Buffer.from("\x04\0\0\0Go\0\0", "latin1");
/** Around the list of modules, so that it can be found in a dump of memory. See cmd/go/internal/modload of Go. */
const listBegins = Buffer.from("3077af0c9274080241e1c107e6d618e6", "hex");
const listEnds = Buffer.from("f932433186182072008242104116d8f2", "hex");
const versionMark = Buffer.from("go1.");
const versionBytesMax = 24;
const versionsMax = 16;

/** Whether a program says that it is Go's; one without a build id may still be. */
export function isGoProgram(head: Buffer): boolean {
  return head.includes(note);
}

export function mayBeGoProgram(head: Buffer): boolean {
  try {
    return isGoProgram(head) || isLinkedByGo(head);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * Finds the list of modules where no build info leads to it: in programs of a Go before 1.18, and in those whose
 * linker threw the build info away. The version of Go is the one that the program names, if it names but one.
 */
export class GoMarks {
  readonly #versions = new Set<string>();
  readonly #list = new WindowSearch(listBegins.length, (window, at) => this.#findList(window, at));
  readonly #version = new WindowSearch(versionBytesMax, (window) => this.#findVersions(window));
  #modules: Capture | null = null;

  write(bytes: Buffer, at: number): void {
    this.#version.write(bytes, at);
    if (this.#modules === null) this.#list.write(bytes, at);
    this.#modules?.write(bytes, at);
  }

  get hasList(): boolean {
    return this.#modules !== null;
  }

  /** Empty for a program that names neither its Go nor its modules. */
  read(): readonly FoundPackage[] {
    const [version, ...others] = this.#versions;
    const toolchain = version === undefined || others.length > 0 ? [] : goToolchain(version);
    const bytes = this.#modules?.bytes() ?? Buffer.alloc(0);
    const end = bytes.indexOf(listEnds);
    return end === -1 ? toolchain : [...toolchain, ...readGoModules(bytes.toString("utf8", listBegins.length, end))];
  }

  #findList(window: Buffer, at: number): boolean {
    const found = window.indexOf(listBegins);
    if (found === -1) return false;
    this.#modules = new Capture({ from: at + found, to: at + found + goInfoBytesMax });
    this.#modules.write(window, at);
    return true;
  }

  #findVersions(window: Buffer): boolean {
    for (let at = window.indexOf(versionMark); at !== -1; at = window.indexOf(versionMark, at + 1)) {
      const text = window.toString("latin1", Math.max(0, at - 1), at + versionBytesMax);
      const version = /^[^\w/.-]?(go1\.\d{1,3}(?:\.\d{1,3})?(?:(?:rc|beta)\d{1,2})?)\0/.exec(text)?.[1];
      if (version !== undefined) this.#versions.add(version);
    }
    return this.#versions.size >= versionsMax;
  }
}
