import type { Advisory, Knowledge } from "./advisory.ts";

/** Aliases that lead from a record to its CVE over other records; more links than this are no honest chain. */
const linksMax = 8;

type Naming = (advisory: Advisory) => readonly string[];

/**
 * Which flaws an advisory is about, each under its one primary name. A CVE id is preferred. An advisory without one
 * takes the CVE of an advisory that shares an id with it, directly or over further records, so that GHSA, NSWG and CVE
 * records become one finding. Two CVEs never become one, whatever aliases they share.
 */
export function primaryNames(known: readonly Knowledge[]): Naming {
  const advisories = known.map(({ advisory }) => advisory).filter(({ withdrawnAt }) => withdrawnAt === undefined);
  const nameless = advisories.filter(({ cves }) => cves.length === 0);
  if (nameless.length === 0) return namesAlone;
  const names = new Map<string, string>();
  for (const advisory of advisories) if (advisory.cves.length === 1) spread(advisory, advisory.cves[0] ?? "", names);
  followLinks(nameless, names);
  for (const advisory of nameless) {
    spread(advisory, nameIn(advisory, names) ?? ownName(advisory), names);
    followLinks(nameless, names);
  }
  return (advisory) => (advisory.cves.length > 0 ? advisory.cves : [nameIn(advisory, names) ?? ownName(advisory)]);
}

const namesAlone: Naming = (advisory) => (advisory.cves.length > 0 ? advisory.cves : [ownName(advisory)]);

function followLinks(nameless: readonly Advisory[], names: Map<string, string>): void {
  for (let link = 0; link < linksMax; link += 1) {
    const before = names.size;
    for (const advisory of nameless) {
      const name = nameIn(advisory, names);
      if (name !== undefined) spread(advisory, name, names);
    }
    if (names.size === before) return;
  }
}

/** The first name that an id received stays. */
function spread({ id, aliases }: Advisory, name: string, names: Map<string, string>): void {
  for (const alias of [id, ...aliases]) if (!names.has(alias)) names.set(alias, name);
}

function nameIn({ id, aliases }: Advisory, names: ReadonlyMap<string, string>): string | undefined {
  return [id, ...aliases].map((alias) => names.get(alias)).find((name) => name !== undefined);
}

function ownName({ id, aliases }: Advisory): string {
  return [id, ...aliases].find((alias) => alias.startsWith("GHSA-")) ?? id;
}
