import type { Knowledge } from "./advisory.ts";
import { boundTable, type BoundTable } from "./bound-table.ts";
import { boundsOf, rankAffected, type RankedAffected } from "./in-range.ts";
import { hasModules, isModuleBuild, streamsOf } from "./module-builds.ts";
import { primaryNames } from "./primary-names.ts";
import { type VersionScheme, versionSchemeOf } from "./versions/version-scheme-of.ts";

/** What one advisory says about one package name, made ready for comparing. */
export type Statement = Readonly<{
  knowledge: Knowledge;
  /** Primary names of the flaws it is about. */
  names: readonly string[];
  ranked: RankedAffected;
  /** Set where a distribution ships the package both plainly and in modules: which of the two it speaks of. */
  build?: Readonly<{ isModule: boolean; streams: readonly string[] }>;
}>;

/** A flaw of a package with everything that is said about it; what is withdrawn says nothing. */
export type Flaw = Readonly<{ cve: string; statements: readonly Statement[]; silencedBy: Statement | null }>;

export type PreparedKnowledge = Readonly<{
  scheme: VersionScheme;
  table: BoundTable;
  statements: readonly Statement[];
  flaws: readonly Flaw[];
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
  const table = boundTable(
    known.flatMap(({ affected }) => boundsOf(affected)),
    scheme,
  );
  const namesOf = primaryNames(known);
  const statements = known.map((knowledge): Statement => {
    const ranked = rankAffected(knowledge.affected, table);
    const names = namesOf(knowledge.advisory);
    const build = hasModules(ecosystem) ? buildOf(knowledge, ranked) : undefined;
    return { knowledge, names, ranked, ...(build !== undefined && { build }) };
  });
  return { scheme, table, statements, flaws: toFlaws(statements) };
}

/** Told by the fix. A record without one speaks of all builds. */
function buildOf({ advisory }: Knowledge, { stretches }: RankedAffected): Statement["build"] {
  const ends = stretches.flatMap(({ end }) => end ?? []);
  if (ends.length === 0) return undefined;
  const isModule = ends.some(({ version }) => isModuleBuild(version));
  return { isModule, streams: isModule ? streamsOf(advisory) : [] };
}

function toFlaws(statements: readonly Statement[]): readonly Flaw[] {
  const flaws = new Map<string, { cve: string; statements: Statement[]; silencedBy: Statement | null }>();
  for (const statement of statements) {
    const { advisory, affected } = statement.knowledge;
    if (advisory.withdrawnAt !== undefined) continue;
    for (const cve of statement.names) {
      const flaw = flaws.get(cve) ?? { cve, statements: [], silencedBy: null };
      flaws.set(cve, flaw);
      if (affected.isNeverAffected) flaw.silencedBy ??= statement;
      else flaw.statements.push(statement);
    }
  }
  return [...flaws.values()];
}
