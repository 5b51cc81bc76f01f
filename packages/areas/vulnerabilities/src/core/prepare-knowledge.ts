import type { Knowledge } from "./advisory.ts";
import { sortBounds, type Bounds } from "./sort-bounds.ts";
import { boundsOf, rankAffected, type RankedAffected } from "./in-range.ts";
import { hasModules, isModuleBuild, streamsOf } from "./module-builds.ts";
import { primaryNames } from "./primary-names.ts";
import { type VersionScheme, versionSchemeOf } from "./versions/version-scheme-of.ts";

/** What one advisory says about one package name, made ready for comparing. */
export type Statement = Readonly<{
  knowledge: Knowledge;
  /** Primary names of the flaws it is about. */
  names: readonly string[];
  /** Its id and everything else the flaw is called, each once. */
  ids: readonly string[];
  ranked: RankedAffected;
  /** Set where a distribution ships the package both plainly and in modules: which of the two it speaks of. */
  build?: Readonly<{ isModule: boolean; streams: readonly string[] }>;
}>;

/**
 * Flaws about which the very same records speak, such as the twenty that one notice repairs: what holds for one holds
 * for all. What is withdrawn says nothing; a flaw that the vendor denies is in no group.
 */
export type FlawGroup = Readonly<{ cves: readonly string[]; statements: readonly Statement[] }>;

export type PreparedKnowledge = Readonly<{
  scheme: VersionScheme;
  bounds: Bounds;
  statements: readonly Statement[];
  flaws: readonly FlawGroup[];
}>;

/** Kept as long as somebody keeps the list it was made of: the same package is asked about for every resource. */
const prepared = new WeakMap<readonly Knowledge[], PreparedKnowledge>();

export function prepareKnowledge(known: readonly Knowledge[]): PreparedKnowledge {
  const before = prepared.get(known);
  if (before !== undefined) return before;
  const made = prepare(known);
  prepared.set(known, made);
  return made;
}

function prepare(known: readonly Knowledge[]): PreparedKnowledge {
  const ecosystem = known[0]?.affected.ecosystem ?? "";
  const scheme = versionSchemeOf(ecosystem);
  const texts = known.flatMap(({ affected }) => boundsOf(affected));
  const { bounds, ranks } = sortBounds(texts, scheme);
  const namesOf = primaryNames(known);
  const statements = known.map((knowledge): Statement => {
    const ranked = rankAffected(knowledge.affected, ranks);
    const names = namesOf(knowledge.advisory);
    const ids = [...new Set([knowledge.advisory.id, ...knowledge.advisory.aliases])];
    const build = hasModules(ecosystem) ? buildOf(knowledge, ranked) : undefined;
    return { knowledge, names, ids, ranked, ...(build !== undefined && { build }) };
  });
  return { scheme, bounds, statements, flaws: groupFlaws(statements) };
}

/** Told by the fix. A record without one speaks of all builds. */
function buildOf({ advisory }: Knowledge, { stretches }: RankedAffected): Statement["build"] {
  const ends = stretches.flatMap(({ end }) => end ?? []);
  if (ends.length === 0) return undefined;
  const isModule = ends.some(({ version }) => isModuleBuild(version));
  return { isModule, streams: isModule ? streamsOf(advisory) : [] };
}

function groupFlaws(statements: readonly Statement[]): readonly FlawGroup[] {
  const speakers = new Map<string, number[]>();
  const denied = new Set<string>();
  statements.forEach(({ knowledge, names }, index) => {
    if (knowledge.advisory.withdrawnAt !== undefined) return;
    for (const cve of names) {
      if (knowledge.affected.isNeverAffected) denied.add(cve);
      const indexes = speakers.get(cve);
      if (indexes === undefined) speakers.set(cve, [index]);
      else indexes.push(index);
    }
  });
  const open = [...speakers].filter(([cve]) => !denied.has(cve));
  const groups = Map.groupBy(open, ([, indexes]) => indexes.join());
  return [...groups.values()].map((flaws) => ({
    cves: flaws.map(([cve]) => cve),
    statements: (flaws[0]?.[1] ?? []).flatMap((index) => statements[index] ?? []),
  }));
}
