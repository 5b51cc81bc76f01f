import { messageOf } from "@rampart/kernel";
import type { FoundPackage } from "../layers/layer-result.ts";
import { keepFitting } from "../layers/layer-result.ts";
import { inventoryLimits } from "../limits.ts";
import type { InspectionLimits } from "../limits.ts";
import { javaGroups } from "./java-groups.data.ts";
import { readManifest, readProperties } from "./java-properties.ts";
import type { ReaderResult } from "./reader.ts";
import { openZip, readZipEntry } from "./zip.ts";
import type { ZipArchive, ZipEntry } from "./zip.ts";

const pomProperties = /^META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/;
const innerArchive = /\.(?:jar|war|ear)$/i;
const manifestName = "META-INF/MANIFEST.MF";

/** How much may still be unpacked: at a time, because it is held in memory, and in all, because it takes time. */
type Budget = { heldBytesLeft: number; totalBytesLeft: number };
type Place = Readonly<{ fileName: string; innerPath: string; depth: number }>;
type Reading = Readonly<{ found: FoundPackage[]; problems: string[]; budget: Budget; limits: InspectionLimits }>;

/** Reads a jar, war or ear and the archives inside it, each of which may be a package of its own. */
export function readJavaArchive(bytes: Buffer, path: string, limits: InspectionLimits): ReaderResult {
  const budget = { heldBytesLeft: limits.jarBytesMax, totalBytesLeft: limits.jarUnpackedBytesMax };
  const reading: Reading = { found: [], problems: [], budget, limits };
  readArchive(bytes, { fileName: lastPart(path), innerPath: "", depth: 1 }, reading);
  const content = { is: "packages", packages: keepFitting(reading.found).packages } as const;
  const problem = reading.problems[0];
  return problem === undefined ? { content } : { content, problem: `${problem} (${reading.problems.length} in all)` };
}

function readArchive(bytes: Buffer, place: Place, reading: Reading): void {
  const archive = openZip(bytes, reading.limits.jarEntriesMax, isInteresting);
  const innerPath = place.innerPath === "" ? {} : { innerPath: place.innerPath };
  for (const own of readOwnPackages(archive, place, reading)) reading.found.push({ ...own, ...innerPath });
  for (const entry of archive.entries) {
    if (innerArchive.test(entry.name)) readInner(archive, entry, place, reading);
  }
}

/** A broken archive inside a sound one costs only itself. */
function readInner(archive: ZipArchive, entry: ZipEntry, place: Place, reading: Reading): void {
  const { budget, limits, problems } = reading;
  const innerPath = place.innerPath === "" ? entry.name : `${place.innerPath}!/${entry.name}`;
  if (place.depth >= limits.jarDepthMax) {
    problems.push(`${innerPath}: archives inside archives, more than ${limits.jarDepthMax} deep`);
    return;
  }
  const heldBefore = budget.heldBytesLeft;
  try {
    const inner = readZipEntry(archive, entry, Math.min(budget.heldBytesLeft, budget.totalBytesLeft));
    budget.totalBytesLeft -= inner.length;
    budget.heldBytesLeft -= inner.length;
    const innerPlace = { fileName: lastPart(entry.name), innerPath: clipPath(innerPath), depth: place.depth + 1 };
    readArchive(inner, innerPlace, reading);
  } catch (error) {
    problems.push(`${innerPath}: ${messageOf(error)}`);
  }
  budget.heldBytesLeft = heldBefore;
}

function clipPath(path: string): string {
  return path.slice(-inventoryLimits.pathLengthMax / 2);
}

function isInteresting(name: string): boolean {
  return name === manifestName || pomProperties.test(name) || innerArchive.test(name);
}

/** What Maven wrote into the archive; where its own name is not among that, what its manifest and file name say. */
function readOwnPackages(archive: ZipArchive, place: Place, { limits }: Reading): FoundPackage[] {
  const found: FoundPackage[] = [];
  for (const entry of archive.entries) {
    if (!pomProperties.test(entry.name)) continue;
    const values = readProperties(readZipEntry(archive, entry, limits.manifestBytesMax));
    const { groupId, artifactId, version } = Object.fromEntries(values);
    if (groupId && artifactId && version) found.push({ name: `${groupId}:${artifactId}`, version, kind: "jar" });
  }
  const named = readFileName(place.fileName);
  const isTold = named === null ? found.length > 0 : found.some(({ name }) => name.endsWith(`:${named.artifact}`));
  if (isTold) return found;
  const guessed = readGuess(archive, named, limits);
  return guessed === null ? found : [...found, guessed];
}

type Named = Readonly<{ artifact: string; version: string }>;

/** `commons-text-1.10.0.jar`: the version begins at the first hyphen that a digit follows. */
function readFileName(fileName: string): Named | null {
  const match = /^(.+?)-v?(\d[\w.+-]*)\.(?:jar|war|ear)$/i.exec(fileName);
  return match?.[1] === undefined || match[2] === undefined ? null : { artifact: match[1], version: match[2] };
}

function readGuess(archive: ZipArchive, named: Named | null, limits: InspectionLimits): FoundPackage | null {
  const manifest = manifestOf(archive, limits);
  const { artifact, version } = named ?? namedIn(manifest);
  if (artifact === "" || version === "") return null;
  const symbolicName = manifest.get("Bundle-SymbolicName")?.split(";")[0]?.trim() ?? "";
  const group = groupOf(artifact) ?? groupIn(symbolicName, artifact) ?? manifest.get("Implementation-Vendor-Id");
  return { name: group === undefined ? artifact : `${group}:${artifact}`, version, kind: "jar" };
}

function manifestOf(archive: ZipArchive, limits: InspectionLimits): ReadonlyMap<string, string> {
  const entry = archive.entries.find(({ name }) => name === manifestName);
  return entry === undefined ? new Map() : readManifest(readZipEntry(archive, entry, limits.manifestBytesMax));
}

function namedIn(manifest: ReadonlyMap<string, string>): Named {
  const title = manifest.get("Implementation-Title") ?? "";
  const version = manifest.get("Implementation-Version") ?? manifest.get("Bundle-Version") ?? "";
  return { artifact: /^[\w.-]+$/.test(title) ? title : "", version };
}

function groupOf(artifact: string): string | null {
  const match = javaGroups.find(([key]) =>
    key.endsWith("*") ? artifact.startsWith(key.slice(0, -1)) : artifact === key,
  );
  return match?.[1] ?? null;
}

/** A bundle's symbolic name is often its group and artifact, joined by a dot or run together. */
function groupIn(symbolicName: string, artifact: string): string | null {
  if (symbolicName.endsWith(`.${artifact}`)) return symbolicName.slice(0, -artifact.length - 1);
  const last = symbolicName.slice(symbolicName.lastIndexOf(".") + 1);
  // A jar that others were shaded into may carry the manifest of one of them.
  return /^[\w-]+(?:\.[\w-]+)+$/.test(symbolicName) && artifact.includes(last) ? symbolicName : null;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
