import { createHash } from "node:crypto";

type Fingerprints = Readonly<{ primaryLocationLineHash: string; "rampart/v1": string }>;

/**
 * Names a result by what stays the same over rescans: the flaw, the package and its place; neither the version nor the
 * tag of an image. Results that are alike are counted, as code hosts keep one result for one fingerprint.
 */
export function fingerprints(): (...parts: readonly string[]) => Fingerprints {
  const seen = new Map<string, number>();
  return (...parts) => {
    const hash = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    const print = `${hash}:${count}`;
    // GitHub tells results apart by the first name only, and would hash the file's text if it were missing.
    return { primaryLocationLineHash: print, "rampart/v1": print };
  };
}
