import type { InventoryPackage } from "@rampart/inspection/contract";
import type { Advisory, Knowledge } from "./advisory.ts";
import { findRange, type Hit } from "./in-range.ts";
import { comparedAs, type PackageKey } from "./package-key.ts";
import { versionSchemeOf } from "./versions/version-scheme-of.ts";
import type { Evidence } from "../contract/findings.ts";

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

/** What an ecosystem's advisories say about one package name. */
export type Lookup = (key: PackageKey) => readonly Knowledge[];

type Voice = Readonly<{ knowledge: Knowledge; hit: Hit }>;

/** Advisories that apply to one installed package, one match per CVE. */
export function matchPackage(found: InventoryPackage, lookup: Lookup): readonly Match[] {
  // The distribution repairs what it installs and says so in its own advisories.
  if (found.ownedByOs === true) return [];
  const compared = comparedAs(found);
  const known = lookup(compared);
  if (known.length === 0) return [];
  const names = primaryNames(known);
  const voices = new Map<string, Voice[]>();
  const silenced = new Set<string>();
  for (const knowledge of known) {
    if (knowledge.advisory.withdrawnAt !== undefined) continue;
    if (knowledge.affected.isNeverAffected) {
      for (const cve of names(knowledge.advisory)) silenced.add(cve);
      continue;
    }
    const hit = findRange(knowledge.affected, compared.version);
    if (hit !== null) for (const cve of names(knowledge.advisory)) speak(voices, cve, { knowledge, hit });
  }
  for (const cve of silenced) voices.delete(cve);
  return Array.from(voices, ([cve, said]) => toMatch(cve, said, compared));
}

function speak(voices: Map<string, Voice[]>, cve: string, voice: Voice): void {
  const said = voices.get(cve);
  if (said === undefined) voices.set(cve, [voice]);
  else said.push(voice);
}

function toMatch(cve: string, said: readonly Voice[], compared: PackageKey & { version: string }): Match {
  return {
    cve,
    aliases: aliasesOf(cve, said),
    advisories: said.map(({ knowledge }) => knowledge),
    fixVersion: fixOf(said, compared.ecosystem),
    status: said.find(({ knowledge }) => knowledge.affected.status !== undefined)?.knowledge.affected.status ?? null,
    evidence: said.map(({ knowledge, hit }) => ({
      recordId: knowledge.advisory.id,
      source: knowledge.advisory.source,
      ecosystem: compared.ecosystem,
      packageName: compared.name,
      range: hit.range,
      comparedVersion: compared.version,
    })),
  };
}

function aliasesOf(cve: string, said: readonly Voice[]): readonly string[] {
  const ids = new Set<string>();
  for (const { knowledge } of said) {
    ids.add(knowledge.advisory.id);
    for (const alias of knowledge.advisory.aliases) ids.add(alias);
  }
  ids.delete(cve);
  return [...ids];
}

/** A version that satisfies every advisory that names one: the newest of their fixes. */
function fixOf(said: readonly Voice[], ecosystem: string): string | null {
  const { compare } = versionSchemeOf(ecosystem);
  return said.reduce<string | null>((newest, { hit }) => {
    if (hit.fixVersion === null) return newest;
    return newest === null || compare(hit.fixVersion, newest) > 0 ? hit.fixVersion : newest;
  }, null);
}

/**
 * Which flaws an advisory is about, each under its one primary name. A CVE id is preferred. An advisory without one
 * takes the CVE of another advisory that calls it an alias, so that GHSA, NSWG and CVE records become one finding.
 */
function primaryNames(known: readonly Knowledge[]): (advisory: Advisory) => readonly string[] {
  if (known.every(({ advisory }) => advisory.cves.length > 0)) return ({ cves }) => cves;
  const cveOfAlias = new Map<string, string>();
  for (const { advisory } of known) {
    if (advisory.withdrawnAt !== undefined) continue;
    const { id, aliases, cves } = advisory;
    const [only] = cves;
    if (only === undefined || cves.length > 1) continue;
    for (const alias of [id, ...aliases]) cveOfAlias.set(alias, only);
  }
  return ({ id, aliases, cves }) => {
    if (cves.length > 0) return cves;
    const ids = [id, ...aliases];
    const known = ids.map((alias) => cveOfAlias.get(alias)).find((cve) => cve !== undefined);
    return [known ?? ids.find((alias) => alias.startsWith("GHSA-")) ?? id];
  };
}
