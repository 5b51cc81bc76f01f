import type { FoundPackage } from "../../layers/layer-result.ts";
import { knownPrograms } from "./known-programs.data.ts";
import type { KnownProgram } from "./known-programs.data.ts";
import { WindowSearch } from "./window-search.ts";

/** Bytes before and after a mark that a pattern may see. */
const aroundBytes = 192;
const ecosystem = "Bitnami";

/** Searches for the versions of the programs whose file could have this name; nearly always none. */
export function searchVersions(path: string, found: (version: FoundPackage) => void): WindowSearch[] {
  const file = path.slice(path.lastIndexOf("/") + 1);
  return knownPrograms.flatMap((program) => {
    const match = program.files.exec(file);
    if (match === null) return [];
    const { name } = program;
    return [searchVersion(program, match[1] ?? "", (version) => found({ name, version, kind: "binary" }))];
  });
}

/** Looks for the version of one program in the bytes of its file; the first that is found counts. */
function searchVersion({ marks }: KnownProgram, prefix: string, found: (version: string) => void): WindowSearch {
  const wanted = marks.map(({ mark, pattern }) => ({ mark: Buffer.from(mark, "latin1"), pattern }));
  const begins = prefix === "" ? "" : `${prefix}.`;
  return new WindowSearch(aroundBytes * 2, (window) => {
    for (const { mark, pattern } of wanted) {
      const version = versionAt(window, mark, (text) => readVersion(text, pattern, begins));
      if (version === null) continue;
      found(version);
      return true;
    }
    return false;
  });
}

function versionAt(window: Buffer, mark: Buffer, read: (text: string) => string | null): string | null {
  for (let at = window.indexOf(mark); at !== -1; at = window.indexOf(mark, at + mark.length)) {
    const version = read(window.toString("latin1", Math.max(0, at - aroundBytes), at + mark.length + aroundBytes));
    if (version !== null) return version;
  }
  return null;
}

function readVersion(text: string, pattern: RegExp, begins: string): string | null {
  for (const [, version = ""] of text.matchAll(pattern)) {
    if (version !== "" && `${version}.`.startsWith(begins)) return version;
  }
  return null;
}

/** Bitnami's advisories name upstream versions of programs; null for a program that they do not know. */
export function programEcosystem(name: string): string | null {
  const known = knownPrograms.find((program) => program.name === name);
  return known?.hasAdvisories === true || name === javaName ? ecosystem : null;
}

/** A Java runtime says its version in a file of its own, not in its programs. */
export const javaName = "java";
