import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { Refusal } from "@rampart/kernel";
import { z } from "zod";

const Version = z.object({ rampart: z.string().regex(/^\d+\.\d+\.\d+$/) });

/** Refuses a directory that a newer version has used, and notes this version otherwise. */
export async function claimForVersion(dataDir: string, version: string): Promise<void> {
  const file = path.join(dataDir, "version.json");
  const text = await readFile(file, "utf8").catch(() => null);
  if (text !== null) {
    const used = readVersion(file, text);
    if (used === version) return;
    if (isNewer(used, version)) {
      throw new Refusal(
        "precondition",
        "onebox.data-dir.newer",
        `${dataDir} was used by Rampart ${used}, which is newer than this version (${version}). ` +
          "Start that version, restore a backup, or set RAMPART_DATA_DIR to another folder.",
      );
    }
  }
  await writeFile(`${file}.new`, `${JSON.stringify({ rampart: version })}\n`);
  await rename(`${file}.new`, file);
}

function readVersion(file: string, text: string): string {
  try {
    return Version.parse(JSON.parse(text)).rampart;
  } catch {
    throw new Refusal(
      "precondition",
      "onebox.data-dir.damaged",
      `${file} does not say which version used this folder. Restore it from a backup, or set RAMPART_DATA_DIR to another folder.`,
    );
  }
}

/** Whether `left` comes after `right`; both are three numbers with dots. */
export function isNewer(left: string, right: string): boolean {
  const numbers = (version: string) => version.split(".").map(Number);
  const [a, b] = [numbers(left), numbers(right)];
  const at = [0, 1, 2].find((index) => a[index] !== b[index]);
  return at !== undefined && (a[at] ?? 0) > (b[at] ?? 0);
}
