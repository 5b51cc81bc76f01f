import { normalName } from "../readers/python.ts";
import type { Declared } from "./declared.ts";
import { decodeText } from "./decode-text.ts";

/** Name, extras, and all that follows: versions, a marker, options. */
const requirement = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*([^]*)$/;
/** `== 1.0` and `=== 1.0`; a star or a variable is no version. */
const exact = /^===?\s*([\w.!+-]+)$/;
/** Lines longer than this are no requirement: real ones carry a few hundred hashes at most. */
const lineLengthMax = 65_536;

/** Reads requirements*.txt and what `pip freeze` writes. Only `==` names a version; ranges are declared without one. */
export function readRequirements(bytes: Buffer): Declared[] {
  // A comment goes before lines are joined: one that ends with a backslash does not go on.
  const lines = decodeText(bytes)
    .replaceAll(/(?:^|[ \t])#.*$/gm, "")
    .replaceAll(/\\\r?\n/g, " ")
    .split(/\r?\n/);
  return lines.flatMap((line) => {
    const text = line.slice(0, lineLengthMax).trim();
    // Options (`-r other.txt`, `-e .`) and folders name no package of an index.
    if (text === "" || /^[-./]/.test(text)) return [];
    return [readRequirement(text)];
  });
}

function readRequirement(text: string): Declared {
  const [, name, rest] = requirement.exec(text) ?? [];
  // An address of an archive.
  if (name === undefined || rest === undefined || rest.startsWith(":")) return { name: text, version: null };
  const versions = beforeOptions(rest).split(";", 1)[0] ?? "";
  return { name: normalName(name), version: exactOf(versions) };
}

/** pip's options per requirement: `--hash=…`, `-C setting`. */
function beforeOptions(text: string): string {
  const start = text.search(/\s-/);
  return start === -1 ? text : text.slice(0, start);
}

function exactOf(versions: string): string | null {
  for (const part of versions.replaceAll(/[()]/g, "").split(",")) {
    const version = exact.exec(part.trim())?.[1];
    if (version !== undefined) return version;
  }
  return null;
}
