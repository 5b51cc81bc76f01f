import type { Severity } from "@rampart/kernel";
import { Prisma, type Tx } from "@rampart/database";
import type { CveKnowledge, FindCves } from "../../contract.ts";
import type { Advisory, Affected, AffectedRange, CveFacts, Knowledge } from "../../core/advisory.ts";
import { isNeverAffected } from "../../core/in-range.ts";
import { keyText, type PackageKey } from "../../core/package-key.ts";
import { starterSource } from "../../core/starter.data.ts";
import type { KnowledgeChanges, KnowledgeStore } from "../../ports.ts";
import type { AdvisoryCache } from "../advisory-cache.ts";
import { readStatus } from "./source-rows.ts";
import { type Sql, startingWith, toInstantOrNull } from "./sql.ts";

/** Packages a CVE is listed with. */
const packagesShownMax = 50;

type KnowledgeRow = {
  ecosystem: string;
  packageName: string;
  advisoryId: string;
  file: string;
  ranges: AffectedRange[];
  versions: string[];
  status: string | null;
  affectedSeverity: Severity | null;
  modifiedAt: Date;
  publishedAt: Date | null;
  withdrawnAt: Date | null;
  summary: string;
  aliases: string[];
  cves: string[];
  severity: Severity | null;
  cvssVector: string | null;
  cvssScore: number | null;
  link: string | null;
};

export function knowledgeStore(tx: Tx, cache: AdvisoryCache): KnowledgeStore {
  const revision = () => readRevision(tx);
  return {
    revision,
    newest: () => readNewest(tx),
    lookUp: async (keys) => lookUp(tx, cache, await revision(), keys),
    listFacts: (cves) => listFacts(tx, cves),
    listChanges: (after, upTo) => listChanges(tx, after, upTo),
    covers: (ecosystem) => covers(tx, ecosystem),
    status: () => readStatus(tx),
    findCves: (asked) => findCves(tx, asked),
  };
}

/** Whether imported advisories speak of the ecosystem that an expression names. */
export function coveredBy(ecosystem: Sql): Sql {
  return Prisma.sql`exists (
    select 1 from vulnerabilities_affected a where a.ecosystem = ${ecosystem} and a.file <> ${starterSource})`;
}

async function covers(tx: Tx, ecosystem: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ isCovered: boolean }[]>`
    select ${coveredBy(Prisma.sql`${ecosystem}`)} as "isCovered"`;
  return row?.isCovered === true;
}

export async function readRevision(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ revision: number }[]>`
    select coalesce(max(revision), 0)::float8 as revision from vulnerabilities_source`;
  return row?.revision ?? 0;
}

async function readNewest(tx: Tx): Promise<{ revision: number; at: Date | null }> {
  const [row] = await tx.$queryRaw<{ revision: number; at: Date | null }[]>`
    select revision::float8 as revision, imported_at as at from vulnerabilities_source
    order by vulnerabilities_source.revision desc limit 1`;
  return row ?? { revision: 0, at: null };
}

async function lookUp(tx: Tx, cache: AdvisoryCache, revision: number, keys: readonly PackageKey[]) {
  const known = new Map<string, readonly Knowledge[]>();
  const missing = new Map<string, PackageKey>();
  for (const key of keys) {
    const text = keyText(key);
    const hit = cache.get(revision, text);
    if (hit === undefined) missing.set(text, key);
    else if (hit.length > 0) known.set(text, hit);
  }
  if (missing.size === 0) return known;
  const found = await readKnowledge(tx, [...missing.values()]);
  for (const text of missing.keys()) {
    const statements = found.get(text) ?? [];
    cache.put(revision, text, statements);
    if (statements.length > 0) known.set(text, statements);
  }
  return known;
}

async function readKnowledge(tx: Tx, keys: readonly PackageKey[]): Promise<ReadonlyMap<string, readonly Knowledge[]>> {
  const rows = await tx.$queryRaw<KnowledgeRow[]>`
    select a.ecosystem, a.package_name as "packageName", a.advisory_id as "advisoryId", a.file, a.ranges, a.versions,
      a.status, a.severity as "affectedSeverity", v.modified_at as "modifiedAt", v.published_at as "publishedAt",
      v.withdrawn_at as "withdrawnAt", v.summary, v.aliases, v.cves, v.severity, v.cvss_vector as "cvssVector",
      v.cvss_score::float8 as "cvssScore", v.link
    from unnest(${keys.map(({ ecosystem }) => ecosystem)}::text[], ${keys.map(({ name }) => name)}::text[]) as k (ecosystem, name)
    join vulnerabilities_affected a on a.ecosystem = k.ecosystem and a.package_name = k.name
    join vulnerabilities_advisory v on v.id = a.advisory_id and v.file = a.file
    order by a.advisory_id, a.file`;
  return Map.groupBy(rows.map(toKnowledge), ({ affected }) =>
    keyText({ ecosystem: affected.ecosystem, name: affected.packageName }),
  );
}

function toKnowledge(row: KnowledgeRow): Knowledge {
  return { advisory: toAdvisory(row), affected: toAffected(row) };
}

function toAffected(row: KnowledgeRow): Affected {
  return {
    advisoryId: row.advisoryId,
    source: row.file,
    ecosystem: row.ecosystem,
    packageName: row.packageName,
    ranges: row.ranges,
    versions: row.versions,
    isNeverAffected: isNeverAffected(row),
    ...(row.status !== null && { status: row.status }),
    ...(row.affectedSeverity !== null && { severity: row.affectedSeverity }),
  };
}

function toAdvisory(row: KnowledgeRow): Advisory {
  return {
    id: row.advisoryId,
    source: row.file,
    modifiedAt: row.modifiedAt.toISOString(),
    summary: row.summary,
    aliases: row.aliases,
    cves: row.cves,
    ...(row.publishedAt !== null && { publishedAt: row.publishedAt.toISOString() }),
    ...(row.withdrawnAt !== null && { withdrawnAt: row.withdrawnAt.toISOString() }),
    ...(row.severity !== null && { severity: row.severity }),
    ...(row.cvssVector !== null && { cvssVector: row.cvssVector }),
    ...(row.cvssScore !== null && { cvssScore: row.cvssScore }),
    ...(row.link !== null && { link: row.link }),
  };
}

type FactsRow = {
  cve: string;
  epss: number | null;
  epssPercentile: number | null;
  knownExploited: boolean;
  proofs: number;
  isRejected: boolean;
  cvssVector: string | null;
  cvssScore: number | null;
  publishedAt: Date | null;
};

async function listFacts(tx: Tx, cves: readonly string[]): Promise<ReadonlyMap<string, CveFacts>> {
  if (cves.length === 0) return new Map();
  const rows = await tx.$queryRaw<FactsRow[]>`
    select cve, epss::float8 as epss, epss_percentile::float8 as "epssPercentile", known_exploited as "knownExploited",
      proofs + exploits as proofs, is_rejected as "isRejected", coalesce(nvd_vector, cvss_vector) as "cvssVector",
      coalesce(nvd_score, cvss_score)::float8 as "cvssScore", coalesce(nvd_published_at, published_at) as "publishedAt"
    from vulnerabilities_cve where cve = any(${[...cves]}::text[])`;
  return new Map(rows.map((row) => [row.cve, toFacts(row)]));
}

function toFacts(row: FactsRow): CveFacts {
  return {
    knownExploited: row.knownExploited,
    proofs: row.proofs,
    ...(row.isRejected && { isRejected: true }),
    ...(row.epss !== null && { epss: row.epss }),
    ...(row.epssPercentile !== null && { epssPercentile: row.epssPercentile }),
    ...(row.cvssVector !== null && { cvssVector: row.cvssVector }),
    // A four-byte number comes back with the noise of its last bits.
    ...(row.cvssScore !== null && { cvssScore: Math.round(row.cvssScore * 10) / 10 }),
    ...(row.publishedAt !== null && { publishedAt: row.publishedAt.toISOString() }),
  };
}

/** Changes that one answer may list; more than anybody handles one by one. */
const changesListedMax = 20_000;

async function listChanges(tx: Tx, after: number, upTo: number) {
  const [memory] = await tx.$queryRaw<{ oldest: number | null }[]>`
    select min(revision)::float8 as oldest from vulnerabilities_change`;
  if (after === 0 || (memory?.oldest ?? 0) > after + 1) return null;
  const rows = await tx.$queryRaw<{ ecosystem: string; name: string }[]>`
    select distinct ecosystem, name from vulnerabilities_change
    where revision > ${after} and revision <= ${upTo} order by ecosystem, name limit ${changesListedMax + 1}`;
  if (rows.length > changesListedMax) return null;
  const cves = rows.filter(({ ecosystem }) => ecosystem === "").map(({ name }) => name);
  return { packages: await listChangedPackages(tx, after, upTo), cves };
}

async function listChangedPackages(tx: Tx, after: number, upTo: number): Promise<KnowledgeChanges["packages"]> {
  return tx.$queryRaw<KnowledgeChanges["packages"][number][]>`
    select c.ecosystem, c.name, case when bool_and(c.flaws is not null) then
      coalesce(array_agg(distinct n.flaw) filter (where n.flaw is not null), '{}') end as flaws
    from vulnerabilities_change c left join lateral unnest(c.flaws) as n (flaw) on true
    where c.revision > ${after} and c.revision <= ${upTo} and c.ecosystem <> ''
    group by c.ecosystem, c.name order by c.ecosystem, c.name`;
}

type CveRow = FactsRow & {
  summary: string | null;
  modifiedAt: Date | null;
  packages: { ecosystem: string; packageName: string }[] | null;
};

async function findCves(tx: Tx, { id, limit }: FindCves): Promise<readonly CveKnowledge[]> {
  const rows = await tx.$queryRaw<CveRow[]>`
    with asked as (
      select cve from vulnerabilities_cve where cve like ${startingWith(id.toUpperCase())} order by cve limit ${limit}
    )
    select c.cve, c.epss::float8 as epss, c.epss_percentile::float8 as "epssPercentile",
      c.proofs + c.exploits as proofs, c.is_rejected as "isRejected", c.known_exploited as "knownExploited",
      coalesce(c.nvd_vector, c.cvss_vector) as "cvssVector", coalesce(c.nvd_score, c.cvss_score)::float8 as "cvssScore",
      coalesce(v.published_at, c.nvd_published_at, c.published_at) as "publishedAt", v.summary, v.modified_at as "modifiedAt", p.packages
    from asked join vulnerabilities_cve c using (cve)
    left join lateral (
      select summary, modified_at, published_at from vulnerabilities_advisory where cves @> array[c.cve]
      order by summary = '', modified_at desc limit 1) v on true
    left join lateral (
      select json_agg(json_build_object('ecosystem', ecosystem, 'packageName', package_name)) as packages from (
        select distinct a.ecosystem, a.package_name from vulnerabilities_advisory n
        join vulnerabilities_affected a on a.advisory_id = n.id and a.file = n.file
        where n.cves @> array[c.cve] order by 1, 2 limit ${packagesShownMax}) listed) p on true
    order by c.cve`;
  return rows.map((row) => ({
    cve: row.cve,
    cvss: row.cvssScore === null ? null : Math.round(row.cvssScore * 10) / 10,
    vector: row.cvssVector,
    summary: row.summary ?? "",
    modifiedAt: toInstantOrNull(row.modifiedAt),
    publishedAt: toInstantOrNull(row.publishedAt),
    knownExploited: row.knownExploited,
    epss: row.epss,
    packages: row.packages ?? [],
  }));
}
