import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { messageOf, Refusal } from "@rampart/kernel";
import type { Inspection, Inventory } from "../contract.ts";
import { FileRecorder } from "../layers/file-recorder.ts";
import { inventoryOfFolder } from "../layers/merge-layers.ts";
import { defaultLimits, inventoryLimits, type InspectionLimits } from "../limits.ts";
import { openZip, readZipEntry, type ZipArchive, type ZipEntry } from "../readers/zip.ts";
import { toEntryPath } from "../tar/entry-path.ts";
import type { BodySink } from "../tar/walk-tar.ts";
import { DeclaredFiles } from "./declared-files.ts";
import { fetchedFolders } from "./repository.data.ts";
import type { FileVisitor } from "./root-walk.ts";

type Visitors = Readonly<{ installed: FileVisitor; declared: FileVisitor }>;

const javaArchive = /\.(?:jar|war|ear)$/i;

/**
 * Inspects a serverless function as it is uploaded: a zip archive of its files, with the archives of its layers. What
 * is installed in it counts; a lock file counts for languages of which nothing is installed.
 */
export async function inspectFunctionBundle(
  paths: readonly string[],
  { limits = defaultLimits, signal }: Readonly<{ limits?: InspectionLimits; signal?: AbortSignal }> = {},
): Promise<Inspection> {
  const visitors = { installed: new FileRecorder(limits), declared: new DeclaredFiles(limits) };
  let unpackedMax = limits.bundleUnpackedBytesMax;
  for (const path of paths) {
    signal?.throwIfAborted();
    const bytes = await readBundle(path, limits);
    // Several archives may hold files of the same name.
    const prefix = paths.length === 1 ? "" : `${basename(path)}/`;
    if (javaArchive.test(path)) for (const sink of sinksFor(basename(path), bytes.length, visitors)) give(sink, bytes);
    else unpackedMax -= visitEntries(openBundle(bytes, path, limits), visitors, { prefix, limits, unpackedMax });
  }
  return { image: null, inventory: combine(visitors) };
}

async function readBundle(path: string, { bundleBytesMax }: InspectionLimits): Promise<Buffer> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) {
    throw new Refusal("not-found", "inspection.bundle.not-found", `There is no file "${path}".`);
  }
  if (found.size <= bundleBytesMax) return readFile(path);
  throw new Refusal("limit", "inspection.bundle.over-limit", `"${path}" is larger than ${bundleBytesMax} bytes.`);
}

function openBundle(bytes: Buffer, path: string, { bundleEntriesMax }: InspectionLimits): ZipArchive {
  try {
    return openZip(bytes, bundleEntriesMax, (name) => !name.endsWith("/"));
  } catch (error) {
    const message = `"${path}" is no zip archive that can be read: ${messageOf(error)}.`;
    throw new Refusal("invalid", "inspection.bundle.unreadable", message);
  }
}

type Visit = Readonly<{ prefix: string; limits: InspectionLimits; unpackedMax: number }>;

/** Shows the visitors every entry; returns how many bytes were unpacked for them. */
function visitEntries(archive: ZipArchive, visitors: Visitors, visit: Visit): number {
  const { installed } = visitors;
  let unpacked = 0;
  for (const entry of archive.entries) {
    const path = toEntryPath(visit.prefix + entry.name);
    if (path === null) {
      installed.note("entry-outside-root", `${entry.name} leads out of the root and was passed over`);
      continue;
    }
    const sinks = sinksFor(path, entry.size, visitors);
    if (sinks.length === 0) continue;
    unpacked += entry.size;
    if (unpacked > visit.unpackedMax) {
      installed.note("layer-over-limit", `more than ${visit.limits.bundleUnpackedBytesMax} bytes once it is unpacked`);
      break;
    }
    const body = unpack(archive, entry, visit.limits);
    if (typeof body === "string") installed.note("file-unreadable", `${path} could not be read: ${body}`);
    else for (const sink of sinks) give(sink, body);
  }
  return unpacked;
}

/** Where the bytes of a file are wanted. Lock files that came with a package declare nothing of the function. */
function sinksFor(path: string, size: number, { installed, declared }: Visitors): BodySink[] {
  const isFetched = path.split("/").some((part) => fetchedFolders.has(part));
  const sinks = [installed.file(path, size), isFetched ? null : declared.file(path, size)];
  return sinks.filter((sink) => sink !== null);
}

function give(sink: BodySink, bytes: Buffer): void {
  sink.write(bytes);
  sink.end();
}

/** The bytes of an entry, or why they cannot be had. */
function unpack(archive: ZipArchive, entry: ZipEntry, { jarBytesMax }: InspectionLimits): Buffer | string {
  try {
    const body = readZipEntry(archive, entry, jarBytesMax);
    return body.length === entry.size ? body : "it is shorter than the archive says";
  } catch (error) {
    return messageOf(error);
  }
}

function combine({ installed, declared }: Visitors): Inventory {
  const first = inventoryOfFolder(installed.finish());
  const second = inventoryOfFolder(declared.finish());
  const kinds = new Set(first.packages.map(({ kind }) => kind));
  return {
    ...first,
    packages: [...first.packages, ...second.packages.filter(({ kind }) => !kinds.has(kind))].slice(
      0,
      inventoryLimits.packagesMax,
    ),
    warnings: [...first.warnings, ...second.warnings].slice(0, inventoryLimits.warningsMax),
  };
}
