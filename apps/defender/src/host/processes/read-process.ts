import { closeSync, opendirSync, openSync, readlinkSync, readSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isInterpreter } from "./application-folders.ts";
import { readMaps, toFile } from "./read-maps.ts";
import type { SeenProcess } from "./seen-process.ts";

/** 65,530 mappings, which is all that Linux allows by default, take about 7 MiB. */
const mapsBytesMax = 8 * 1024 * 1024;
const argumentsMax = 256;
const openFilesMax = 4_096;
/** Files that hold code of a package; log files and data say nothing. */
const holdsCode = /\.(?:jar|war|ear|zip|whl|egg|phar|dll|node|pyc|py|rb|js|mjs|cjs|php)$|\.so(?:\.[\d.]+)?$/i;

/** Null for a process that is gone, for one of the kernel, and for one that may not be looked at. */
export async function readProcess(folder: string, readArguments: ReadArguments): Promise<SeenProcess | null> {
  const exe = toFile(linkAt(path.join(folder, "exe")) ?? "");
  if (exe === null) return null;
  const argv = isInterpreter(exe) ? await readArguments(folder) : [];
  return {
    exe,
    argv,
    cwd: (linkAt(path.join(folder, "cwd")) ?? "/").slice(1),
    mapped: readMaps(readHead(path.join(folder, "maps"))),
    opened: readOpened(path.join(folder, "fd")),
  };
}

export type ReadArguments = (folder: string) => Promise<readonly string[]>;

const waitMs = 500;
const hangingMax = 2;

/**
 * Reads how processes were called. This text lies in the memory of the process, which it can arrange so that reading
 * never ends; after a few of those nobody is asked any more.
 */
export function argumentReader(): ReadArguments & { isWhole(): boolean } {
  let hanging = 0;
  const read = async (folder: string): Promise<readonly string[]> => {
    if (hanging >= hangingMax) return [];
    const text = readFile(path.join(folder, "cmdline"), "utf8").catch(() => "");
    const read = await Promise.race([text, pause(waitMs, null, { ref: false })]);
    if (read === null) hanging += 1;
    return read?.split("\0", argumentsMax) ?? [];
  };
  return Object.assign(read, { isWhole: () => hanging === 0 });
}

function linkAt(link: string): string | null {
  try {
    return readlinkSync(link);
  } catch {
    return null;
  }
}

function readHead(file: string): string {
  try {
    const opened = openSync(file, "r");
    try {
      return readUpTo(opened, mapsBytesMax);
    } finally {
      closeSync(opened);
    }
  } catch {
    return "";
  }
}

/** Files of /proc have no size; they end where nothing more comes. */
function readUpTo(file: number, bytesMax: number): string {
  const pieces: Buffer[] = [];
  for (let left = bytesMax; left > 0;) {
    const piece = Buffer.allocUnsafe(Math.min(left, 64 * 1024));
    const length = readSync(file, piece, 0, piece.length, null);
    if (length === 0) break;
    pieces.push(piece.subarray(0, length));
    left -= length;
  }
  return Buffer.concat(pieces).toString("utf8");
}

function readOpened(folder: string): string[] {
  const files = new Set<string>();
  for (const name of namesIn(folder, openFilesMax)) {
    const file = toFile(linkAt(path.join(folder, name)) ?? "");
    if (file !== null && holdsCode.test(file)) files.add(file);
  }
  return [...files];
}

/** Read one by one, because a process may hold a million. */
function namesIn(folder: string, namesMax: number): string[] {
  const names: string[] = [];
  try {
    const listing = opendirSync(folder);
    try {
      for (let entry = listing.readSync(); entry !== null && names.length < namesMax; entry = listing.readSync()) {
        names.push(entry.name);
      }
    } finally {
      listing.closeSync();
    }
  } catch {
    // Gone by now.
  }
  return names;
}
