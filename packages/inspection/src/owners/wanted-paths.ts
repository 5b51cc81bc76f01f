import { withoutUsr } from "../layers/owned-paths.ts";

/** Paths whose owners are looked for, found by whichever of its names a package database lists a file under. */
export class WantedPaths {
  readonly #byName = new Map<string, string[]>();
  readonly owners = new Map<string, Set<string>>();

  constructor(paths: Iterable<string>) {
    for (const path of paths) {
      const name = nameOf(Buffer.from(path, "utf8").toString("latin1"));
      const same = this.#byName.get(name);
      if (same === undefined) this.#byName.set(name, [path]);
      else same.push(path);
    }
  }

  /** Takes one line of a database: a path without the leading slash, one letter a byte. */
  take(listed: string, owner: string): void {
    const paths = this.#byName.get(nameOf(listed));
    if (paths === undefined) return;
    for (const path of paths) {
      const owners = this.owners.get(path) ?? new Set();
      this.owners.set(path, owners.add(owner));
    }
  }
}

function nameOf(path: string): string {
  // Most lines begin with `usr/`, and only those can have a second name.
  return path.charCodeAt(0) === 0x75 ? withoutUsr(path) : path;
}
