import type { FoundPackage } from "../../layers/layer-result.ts";
import { readGoModules } from "./go-modules.ts";

/** Begins what the Go linker says about a program, at an address that 16 divides. See debug/buildinfo of Go. */
export const goMarker = Buffer.from("\xff Go buildinf:", "latin1");
export const goAlignment = 16;
/** The largest list of modules seen is 60 KiB. */
export const goInfoBytesMax = 1024 * 1024;
const headerBytes = 32;
const inlineStrings = 2;
/** Before and after the list of modules stand marks by which it is found in a dump of memory. */
const markBytes = 16;

export type GoBuild = Readonly<{ packages: readonly FoundPackage[]; problem?: string }>;

/**
 * Reads version and modules of a Go program from the bytes that begin with the marker; null when it turns out to be
 * none. Before Go 1.18 the marker is followed by addresses only.
 */
export function readGoBuildInfo(bytes: Buffer): GoBuild | null {
  if (bytes.length < headerBytes) return null;
  if (((bytes[15] ?? 0) & inlineStrings) === 0) {
    return { packages: [], problem: "built by a Go older than 1.18, without a list of modules that could be found" };
  }
  const version = readPart(bytes, headerBytes);
  if (version === null || version.length === 0) return null;
  const found = goToolchain(version.toString("latin1"));
  const modules = readPart(bytes, version.byteOffset - bytes.byteOffset + version.length);
  if (modules === null) return { packages: found, problem: "its list of Go modules is cut short" };
  const text = modules.toString("utf8", markBytes, Math.max(markBytes, modules.length - markBytes));
  return { packages: [...found, ...readGoModules(text)] };
}

/** `go1.19.9`, `go1.22rc1`, `go1.21.4 X:boringcrypto`, as the standard library's advisories write it. */
export function goToolchain(version: string): FoundPackage[] {
  const match = /^go(\d{1,4}(?:\.\d{1,4}){0,3})(?:(rc|beta|alpha)(\d{1,4}))?(?![\w.])/.exec(version);
  if (match?.[1] === undefined) return [];
  const before = match[2] === undefined ? "" : `${match[1].split(".").length < 3 ? ".0" : ""}-${match[2]}.${match[3]}`;
  return [{ name: "stdlib", version: `${match[1]}${before}`, kind: "go" }];
}

/** A length in groups of seven bits, lowest first, then as many bytes; null when they go on beyond what is there. */
function readPart(bytes: Buffer, at: number): Buffer | null {
  let length = 0;
  for (let index = 0; index < 4; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined) return null;
    length += (byte & 0x7f) * 128 ** index;
    if (byte >= 0x80) continue;
    const start = at + index + 1;
    return start + length > bytes.length ? null : bytes.subarray(start, start + length);
  }
  return null;
}
