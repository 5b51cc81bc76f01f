import type { BundleIndex } from "./bundle-index.ts";

/** Numbers bundles by the second in which they were made, so that whoever makes them needs no memory. */
export function nextSequence(now: Date, base: Pick<BundleIndex, "sequence"> | null): number {
  return Math.max(Math.floor(now.getTime() / 1_000), (base?.sequence ?? 0) + 1);
}
