import type { FileContent, FoundPackage } from "../layers/layer-result.ts";
import { keepFitting } from "../layers/layer-result.ts";
import { isWorthOwning } from "./owned-path.ts";
import { readStanzas } from "./stanzas.ts";

/**
 * States in which a package is in use. Before them (`half-installed`, `unpacked`) other scanners do not count it
 * either; after removal only its settings remain.
 */
const presentStates: ReadonlySet<string> = new Set([
  "installed",
  "half-configured",
  "triggers-awaited",
  "triggers-pending",
]);

/** Reads dpkg's status file, or one file of the status.d folder of distroless images. */
export function readDpkgStatus(bytes: Buffer): FileContent {
  const found: FoundPackage[] = [];
  for (const stanza of readStanzas(bytes, wantedFields)) {
    const read = readStanza(stanza);
    if (read !== null) found.push(read);
  }
  return { is: "os-packages", format: "deb", packages: keepFitting(found).packages, owned: [] };
}

/** Reads a package's file list (`/usr/bin/x` a line) for the files that tell of packages themselves. */
export function readDpkgList(bytes: Buffer): FileContent {
  const lines = bytes.toString("utf8").split("\n");
  // A folder stands before what lies in it.
  const files = lines.filter((line, index) => !(lines[index + 1] ?? "").startsWith(`${line}/`));
  return ownedOf(files.map((line) => line.slice(1)));
}

/** Reads the checksum list that distroless images keep in place of a file list (`md5  usr/bin/x` a line). */
export function readDpkgChecksums(bytes: Buffer): FileContent {
  return ownedOf(
    bytes
      .toString("utf8")
      .split("\n")
      .map((line) => line.replace(/^[0-9a-f]{32}\s+\/?/, "")),
  );
}

function ownedOf(paths: readonly string[]): FileContent {
  return { is: "owned", owned: paths.filter(isWorthOwning) };
}

const wantedFields: ReadonlySet<string> = new Set(["Package", "Version", "Architecture", "Source", "Status"]);

function readStanza(stanza: ReadonlyMap<string, string>): FoundPackage | null {
  const name = stanza.get("Package") ?? "";
  const version = stanza.get("Version") ?? "";
  const state = stanza.get("Status")?.split(" ")[2];
  if (name === "" || version === "" || (state !== undefined && !presentStates.has(state))) return null;
  const architecture = stanza.get("Architecture");
  return {
    name,
    version,
    kind: "os",
    ...readSource(stanza.get("Source"), name, version),
    ...(architecture !== undefined && { architecture: architecture.slice(0, 64) }),
  };
}

/** `Source: name` or `Source: name (version)`; absent when both are the package's own. */
function readSource(field: string | undefined, name: string, version: string): Partial<FoundPackage> {
  const match = /^(\S+)(?:\s+\(([^)]+)\))?$/.exec(field ?? "");
  const sourceName = match?.[1] ?? name;
  const sourceVersion = match?.[2] ?? version;
  return { ...(sourceName !== name && { sourceName }), ...(sourceVersion !== version && { sourceVersion }) };
}
