import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { messageOf, type Refusal } from "@rampart/kernel";
import { feedLimits } from "./limits.ts";
import { mayBeFeed } from "./feed-kind.ts";
import { unusable } from "./unusable.ts";

/** A file and its name below the folder that was asked for. */
export type FoundFile = Readonly<{ path: string; name: string; sizeBytes: number; modifiedAt: Date }>;

/** Every file of a folder that may be a feed, or the one file. Links are not followed out of the folder. */
export async function listFiles(location: string): Promise<readonly FoundFile[]> {
  try {
    const found = await stat(location);
    if (!found.isDirectory()) return [toFile(location, basename(location), found)];
    const files: FoundFile[] = [];
    await walk({ location, files }, "", 0);
    return files;
  } catch (error) {
    throw isRefusal(error) ? error : unusable(location, messageOf(error));
  }
}

function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && error.name === "Refusal";
}

type Walk = Readonly<{ location: string; files: FoundFile[] }>;

async function walk(walking: Walk, folder: string, depth: number): Promise<void> {
  const { location, files } = walking;
  if (depth > feedLimits.folderDepthMax) throw unusable(location, "its folders are nested too deeply");
  const entries = await readdir(join(location, folder), { withFileTypes: true });
  for (const entry of entries.toSorted((left, right) => left.name.localeCompare(right.name, "en"))) {
    if (entry.name.startsWith(".")) continue;
    const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) await walk(walking, name, depth + 1);
    else if (entry.isFile() && mayBeFeed(name))
      files.push(toFile(join(location, name), name, await stat(join(location, name))));
    if (files.length > feedLimits.documentsMax) throw unusable(location, "it holds too many files");
  }
}

function toFile(path: string, name: string, { size, mtime }: Readonly<{ size: number; mtime: Date }>): FoundFile {
  return { path, name, sizeBytes: size, modifiedAt: mtime };
}
