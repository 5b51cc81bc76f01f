import type { Declared } from "./declared.ts";
import { linesOf } from "./decode-text.ts";
import { parseXml } from "./parse-xml.ts";
import type { XmlElement } from "./parse-xml.ts";
import { childOf, childrenOf } from "./parse-xml.ts";

/** Reads gradle.lockfile: `group:artifact:version=configurations`, and `empty=configurations`. */
export function readGradleLock(bytes: Buffer): Declared[] {
  return linesOf(bytes).flatMap((line) => {
    const text = line.trim();
    if (text === "" || text.startsWith("#") || text.startsWith("empty=")) return [];
    const [, name, version] = /^([^:=\s]+:[^:=\s]+):([^:=\s]+)(?:=|$)/.exec(text) ?? [];
    return [name === undefined || version === undefined ? { name: text, version: null } : { name, version }];
  });
}

/** Reads gradle/verification-metadata.xml, which names all that a build may download. */
export function readGradleVerification(bytes: Buffer): Declared[] {
  return childrenOf(childOf(parseXml(bytes), "components"), "component").map(readComponent);
}

function readComponent({ attributes }: XmlElement): Declared {
  const { group, name, version } = attributes;
  if (group === undefined || name === undefined) return { name: group ?? name ?? "a component", version: null };
  return { name: `${group}:${name}`, version: version ?? null };
}
