import type { InventoryPackage } from "@rampart/inspection/contract";
import type { Knowledge } from "./advisory.ts";
import type { Evidence } from "../contract/findings.ts";
import type { Hit, Stretch } from "./in-range.ts";
import { isModuleBuild, streamOf } from "./module-builds.ts";
import { comparedAs, type PackageKey } from "./package-key.ts";
import { prepareKnowledge, type Flaw, type PreparedKnowledge, type Statement } from "./prepare-knowledge.ts";

/** A flaw in a package, before it is graded with what side tables know about the CVE. */
export type Match = Readonly<{
  cve: string;
  aliases: readonly string[];
  /** Advisories that say so, the strongest source first. */
  advisories: readonly Knowledge[];
  fixVersion: string | null;
  /** The vendor's word on the state, if it gave one. */
  status: string | null;
  evidence: readonly Evidence[];
}>;

/**
 * What an ecosystem's advisories say about one package name. The same list for the same question keeps what was worked
 * out about it.
 */
export type Lookup = (key: PackageKey) => readonly Knowledge[];

/** An installed package as statements look at it. */
export type Standing = Readonly<{
  version: string;
  /** Place among the bounds of the advisories; meaningless for a text that is no version. */
  place: number;
  isVersion: boolean;
  isModule: boolean;
  stream: string | null;
}>;

/** Advisories that apply to one installed package, one match per CVE. */
export function matchPackage(found: InventoryPackage, lookup: Lookup): readonly Match[] {
  // The distribution repairs what it installs and says so in its own advisories.
  if (found.ownedByOs === true) return [];
  const compared = comparedAs(found);
  const known = lookup(compared);
  if (known.length === 0) return [];
  const prepared = prepareKnowledge(known);
  const standing = standingOf(found, compared.version, prepared);
  const matches: Match[] = [];
  for (const flaw of prepared.flaws) {
    if (flaw.silencedBy !== null) continue;
    const said = voicesOf(flaw, standing);
    if (said.length > 0) matches.push(toMatch(flaw.cve, said, compared));
  }
  return matches;
}

export function standingOf(found: InventoryPackage, version: string, { table, scheme }: PreparedKnowledge): Standing {
  return {
    version,
    place: table.placeOf(version),
    isVersion: scheme.isVersion(version),
    isModule: isModuleBuild(version),
    stream: streamOf(found),
  };
}

/** A statement that says "affected", and the part of it that does. */
type Voice = Readonly<{ statement: Statement; hit: Hit; fixRank: number }>;

function voicesOf({ statements }: Flaw, standing: Standing): readonly Voice[] {
  const said: Voice[] = [];
  for (const statement of statements) {
    if (!isOfSameBuild(statement, standing)) continue;
    const stretch = findStretch(statement, standing);
    const hit = stretch?.hit ?? statement.ranked.exact.get(standing.place);
    if (hit !== undefined) said.push({ statement, hit, fixRank: stretch?.fixRank ?? -1 });
  }
  return said;
}

export function findStretch({ ranked }: Statement, { isVersion, place }: Standing): Stretch | undefined {
  if (!isVersion) return undefined;
  for (const stretch of ranked.stretches) if (place >= stretch.from && place < stretch.to) return stretch;
  return undefined;
}

/** A fix of a module's stream says nothing about another stream or about the plain package, and the other way round. */
export function isOfSameBuild({ build }: Statement, { isModule, stream }: Standing): boolean {
  if (build === undefined) return true;
  if (build.isModule !== isModule) return false;
  return stream === null || build.streams.length === 0 || build.streams.includes(stream);
}

function toMatch(cve: string, said: readonly Voice[], compared: PackageKey & { version: string }): Match {
  return {
    cve,
    aliases: aliasesOf(cve, said),
    advisories: said.map(({ statement }) => statement.knowledge),
    fixVersion: newestFix(said),
    status:
      said.find(({ statement }) => statement.knowledge.affected.status !== undefined)?.statement.knowledge.affected
        .status ?? null,
    evidence: said.map(({ statement, hit }) => ({
      recordId: statement.knowledge.advisory.id,
      source: statement.knowledge.advisory.source,
      ecosystem: compared.ecosystem,
      packageName: compared.name,
      range: hit.range,
      comparedVersion: compared.version,
    })),
  };
}

function aliasesOf(cve: string, said: readonly Voice[]): readonly string[] {
  const ids = new Set<string>();
  for (const { statement } of said) {
    const { id, aliases } = statement.knowledge.advisory;
    ids.add(id);
    for (const alias of aliases) ids.add(alias);
  }
  ids.delete(cve);
  return [...ids];
}

/** A version that satisfies every advisory that names one: the newest of their fixes. */
function newestFix(said: readonly Voice[]): string | null {
  let newest: Voice | undefined;
  for (const voice of said) if (voice.fixRank >= 0 && voice.fixRank > (newest?.fixRank ?? -1)) newest = voice;
  return newest?.hit.fixVersion ?? null;
}
