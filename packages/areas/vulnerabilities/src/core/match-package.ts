import type { InventoryPackage } from "@rampart/inspection/contract";
import type { Knowledge } from "./advisory.ts";
import type { Evidence } from "../contract/findings.ts";
import { placeAmong } from "./sort-bounds.ts";
import { fixOf, rangeText, type Stretch } from "./in-range.ts";
import { isModuleBuild, streamOf } from "./module-builds.ts";
import { comparedAs, type PackageKey } from "./package-key.ts";
import { prepareKnowledge, type FlawGroup, type PreparedKnowledge, type Statement } from "./prepare-knowledge.ts";

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
  for (const group of prepared.flaws) {
    const said = voicesOf(group, standing);
    if (said.length > 0) addMatches(matches, group, said, compared);
  }
  return matches;
}

export function standingOf(found: InventoryPackage, version: string, { bounds, scheme }: PreparedKnowledge): Standing {
  return {
    version,
    place: placeAmong(bounds, version, scheme),
    isVersion: scheme.isVersion(version),
    isModule: isModuleBuild(version),
    stream: streamOf(found),
  };
}

/** A statement that says "affected", and the stretch that does; none when the version itself is listed. */
type Voice = Readonly<{ statement: Statement; stretch: Stretch | null; listed: string }>;

function voicesOf({ statements }: FlawGroup, standing: Standing): readonly Voice[] {
  const said: Voice[] = [];
  for (const statement of statements) {
    if (!isOfSameBuild(statement, standing)) continue;
    const stretch = findStretch(statement, standing);
    if (stretch !== undefined) said.push({ statement, stretch, listed: "" });
    else {
      const listed = statement.ranked.exact.get(standing.place);
      if (listed !== undefined) said.push({ statement, stretch: null, listed });
    }
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

type Compared = PackageKey & Readonly<{ version: string }>;

function addMatches(matches: Match[], { cves }: FlawGroup, said: readonly Voice[], compared: Compared): void {
  const told = said.find(({ statement }) => statement.knowledge.affected.status !== undefined);
  const shared = {
    advisories: said.map(({ statement }) => statement.knowledge),
    fixVersion: newestFix(said),
    status: told?.statement.knowledge.affected.status ?? null,
    evidence: said.map((voice) => evidenceOf(voice, compared)),
  };
  const ids = idsOf(said);
  for (const cve of cves) {
    matches.push({ cve, aliases: ids.includes(cve) ? ids.filter((id) => id !== cve) : ids, ...shared });
  }
}

function evidenceOf({ statement, stretch, listed }: Voice, { ecosystem, name, version }: Compared): Evidence {
  const { id, source } = statement.knowledge.advisory;
  const range = stretch === null ? `= ${listed}` : rangeText(stretch);
  return { recordId: id, source, ecosystem, packageName: name, range, comparedVersion: version };
}

/** Most flaws have one record: its list is then used as it is. */
function idsOf(said: readonly Voice[]): readonly string[] {
  const [first, ...others] = said.map(({ statement }) => statement.ids);
  return others.length === 0 ? (first ?? []) : [...new Set([first ?? [], ...others].flat())];
}

/** A version that satisfies every advisory that names one: the newest of their fixes. */
function newestFix(said: readonly Voice[]): string | null {
  let newest: Stretch | null = null;
  for (const { stretch } of said) {
    if (stretch?.end?.kind === "fixed" && stretch.to > (newest?.to ?? -1)) newest = stretch;
  }
  return newest === null ? null : fixOf(newest);
}
