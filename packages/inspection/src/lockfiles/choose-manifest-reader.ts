import type { Reader } from "../readers/reader.ts";
import { decodeText } from "./decode-text.ts";
import { manifests } from "./manifests.data.ts";

const problem = "it asks for packages, and no lock file beside it or above it says which versions it gets";

/**
 * The reader for a file that asks for packages by ranges; null for all other files. It finds no package: it says that
 * they are unknown, which `withoutOverruled` takes back where a lock file knows them.
 */
export function chooseManifestReader(path: string): Reader | null {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const manifest = manifests.find((candidate) => candidate.name.test(name));
  if (manifest === undefined) return null;
  return {
    bytesMax: "manifestBytesMax",
    read: (bytes) => ({ content: null, ...(manifest.asks.test(decodeText(bytes)) && { problem }) }),
  };
}
