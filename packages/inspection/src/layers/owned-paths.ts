import type { FileRecord } from "./layer-result.ts";

const mergedFolders = /^usr\/(?=lib|bin\/|sbin\/)/;

/** Files that packages of the distribution own, as far as any reader cares for them. */
export class OwnedPaths {
  readonly #paths = new Set<string>();

  constructor(records: Iterable<FileRecord>) {
    for (const { content } of records) {
      if (content === null || !("owned" in content)) continue;
      for (const path of content.owned) this.#paths.add(withoutUsr(path));
    }
  }

  has(path: string): boolean {
    return this.#paths.has(withoutUsr(path));
  }
}

/** Distributions have moved /lib and /bin into /usr and left links; their file lists still say /lib and /bin. */
export function withoutUsr(path: string): string {
  return path.replace(mergedFolders, "");
}
