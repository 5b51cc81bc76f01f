import type { Knowledge } from "../core/advisory.ts";

/** Statements kept in memory, some hundred bytes each: far more than the packages of one installation have. */
const statementsMax = 100_000;

/**
 * What the database said about packages, for one revision of the knowledge. Least recently used packages go first. An
 * empty answer is kept too: most packages have no advisory at all.
 */
export type AdvisoryCache = Readonly<{
  get(revision: number, key: string): readonly Knowledge[] | undefined;
  put(revision: number, key: string, known: readonly Knowledge[]): void;
}>;

export function advisoryCache(): AdvisoryCache {
  const entries = new Map<string, readonly Knowledge[]>();
  let current = -1;
  let size = 0;

  function begin(revision: number): void {
    if (revision === current) return;
    entries.clear();
    size = 0;
    current = revision;
  }

  return {
    get(revision, key) {
      begin(revision);
      const hit = entries.get(key);
      if (hit === undefined) return undefined;
      entries.delete(key);
      entries.set(key, hit);
      return hit;
    },
    put(revision, key, known) {
      begin(revision);
      entries.set(key, known);
      size += known.length + 1;
      for (const [oldest, statements] of entries) {
        if (size <= statementsMax) break;
        entries.delete(oldest);
        size -= statements.length + 1;
      }
    },
  };
}
