import type { Declared } from "./declared.ts";
import { linesOf } from "./decode-text.ts";

const sections = new Set(["GEM", "GIT", "PATH", "PLUGIN SOURCE"]);
/** What a gem depends on is indented by two more. */
const spec = /^ {4}(\S+)(?: \(([^()]+)\))?$/;

/** Reads Gemfile.lock and gems.locked: sections of sources, each with its gems under `specs:`. */
export function readGemfileLock(bytes: Buffer): Declared[] {
  let isSource = false;
  return linesOf(bytes).flatMap((line) => {
    if (/^\S/.test(line)) {
      isSource = sections.has(line.trimEnd());
      // Anything but a heading in capitals is a broken merge.
      return /^[A-Z ]+$/.test(line.trimEnd()) ? [] : [{ name: line, version: null }];
    }
    const [, name, version] = isSource ? (spec.exec(line) ?? []) : [];
    if (name === undefined) return [];
    // `1.13.3-x86_64-linux`: the platform it is built for follows the version, in which no hyphen occurs.
    return [{ name, version: version?.split("-", 1)[0] ?? null }];
  });
}
