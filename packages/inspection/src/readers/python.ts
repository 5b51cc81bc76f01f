import type { FileContent } from "../layers/layer-result.ts";
import { keepFitting } from "../layers/layer-result.ts";

/** Long descriptions follow the fields; nothing of interest lies beyond this. */
const fieldsBytesMax = 64 * 1024;

/** Reads METADATA, PKG-INFO or an egg-info file: mail-like fields, then a description. */
export function readPythonMetadata(bytes: Buffer): FileContent | null {
  const head = bytes.toString("utf8", 0, fieldsBytesMax);
  const fields = head.slice(0, endOfFields(head));
  const name = field(fields, "Name");
  const version = field(fields, "Version");
  if (name === null || version === null) return null;
  const license = field(fields, "License-Expression") ?? field(fields, "License");
  const { packages } = keepFitting([
    {
      name: normalName(name),
      version,
      kind: "python",
      ...(license !== null && license !== "UNKNOWN" && { licenses: [license.slice(0, 256)] }),
    },
  ]);
  return packages.length === 0 ? null : { is: "packages", packages };
}

/** The form of PEP 503, in which advisories name packages. */
export function normalName(name: string): string {
  return name.replaceAll(/[-_.]+/g, "-").toLowerCase();
}

function endOfFields(head: string): number {
  const empty = /\r?\n\r?\n/.exec(head);
  return empty === null ? head.length : empty.index;
}

function field(fields: string, name: string): string | null {
  const match = new RegExp(`^${name}:(.*)$`, "im").exec(fields);
  const value = match?.[1]?.trim() ?? "";
  return value === "" ? null : value;
}
