import { Prisma, type Tx } from "@rampart/database";
import type { ResourceRef } from "../../contract.ts";
import type { FindingPlan, StoredMatch, WrittenFinding } from "../../core/plan-findings.ts";
import { asRows, batchesOf } from "./sql.ts";
import { wordsOf } from "./finding-words.ts";

/** Rows written by one statement. */
const batchRows = 2_000;

/** In the order of their ids, so that two writers never wait in a ring. Newer advisories reword what older ones said. */
export async function addMatches(
  tx: Tx,
  projectId: string,
  matches: readonly StoredMatch[],
  revision: number,
): Promise<void> {
  const unique = [...new Map(matches.map((match) => [match.id, match])).values()];
  for (const batch of batchesOf(await openOf(tx, projectId, unique, revision), batchRows)) {
    await tx.$executeRaw`
      insert into vulnerabilities_match as m (project_id, id, cve, package_name, package_version, package_kind, ecosystem,
        severity, severity_source, cvss, cvss_vector, summary, link, status, fix_version, known_exploited, proofs,
        published_at, risk_score, risk_factors, risk_terms, aliases, evidence, wording, revision)
      select ${projectId}::uuid, id, cve, "packageName", "packageVersion", "packageKind", ecosystem, severity,
        "severitySource", cvss, "cvssVector", summary, link, status, "fixVersion", "knownExploited", proofs, "publishedAt",
        "riskScore", "riskFactors", "riskTerms", aliases, evidence, wording, ${revision}::bigint
      from jsonb_to_recordset(${asRows(batch)}::jsonb) as given (id uuid, cve text, "packageName" text, "packageVersion" text,
        "packageKind" text, ecosystem text, severity smallint, "severitySource" text, cvss real, "cvssVector" text,
        summary text, link text, status text, "fixVersion" text, "knownExploited" boolean, proofs integer,
        "publishedAt" timestamptz, "riskScore" smallint, "riskFactors" text[], "riskTerms" jsonb, aliases text[],
        evidence jsonb, wording uuid)
      order by id on conflict (project_id, id) do update set severity_source = excluded.severity_source,
        cvss_vector = excluded.cvss_vector, summary = excluded.summary, link = excluded.link, proofs = excluded.proofs,
        risk_terms = excluded.risk_terms, aliases = excluded.aliases, evidence = excluded.evidence,
        wording = excluded.wording, revision = excluded.revision
      where m.revision <= excluded.revision`;
  }
}

/** Those that are not stored in these words, unless newer ones stand there. */
async function openOf(
  tx: Tx,
  projectId: string,
  matches: readonly StoredMatch[],
  revision: number,
): Promise<readonly StoredMatch[]> {
  if (matches.length === 0) return [];
  const rows = await tx.$queryRaw<{ id: string; wording: string; isNewer: boolean }[]>`
    select id, wording, revision > ${revision}::bigint as "isNewer" from vulnerabilities_match
    where project_id = ${projectId}::uuid and id = any(${matches.map(({ id }) => id)}::uuid[])`;
  const stored = new Map(rows.map((row) => [row.id, row]));
  return matches.filter(({ id, wording }) => {
    const known = stored.get(id);
    return known === undefined || (!known.isNewer && known.wording !== wording);
  });
}

export type AppliedPlan = Readonly<{ resource: ResourceRef; plan: Pick<FindingPlan, "write" | "removeIds"> }>;

export async function applyPlans(tx: Tx, projectId: string, plans: readonly AppliedPlan[], at: Date): Promise<void> {
  const gone = plans.flatMap(({ plan }) => plan.removeIds);
  for (const batch of batchesOf(gone, batchRows)) {
    await tx.$executeRaw`
      delete from vulnerabilities_finding where project_id = ${projectId}::uuid and id = any(${[...batch]}::uuid[])`;
  }
  const resources = plans.map(({ resource }) => resource);
  const rows = plans.flatMap(({ plan }, index) => plan.write.map((written) => ({ resource: index + 1, written })));
  for (const batch of batchesOf(rows, batchRows)) await writeBatch(tx, projectId, { resources, rows: batch, at });
}

type Batch = Readonly<{
  resources: readonly ResourceRef[];
  rows: readonly Readonly<{ resource: number; written: WrittenFinding }>[];
  at: Date;
}>;

async function writeBatch(tx: Tx, projectId: string, { resources, rows, at }: Batch): Promise<void> {
  const kept = Prisma.sql`match_id = excluded.match_id, cve = excluded.cve, package_name = excluded.package_name,
    ecosystem = excluded.ecosystem, severity = excluded.severity, risk_score = excluded.risk_score,
    is_fixable = excluded.is_fixable, known_exploited = excluded.known_exploited, purl = excluded.purl,
    path = excluded.path, layer = excluded.layer, binary_packages = excluded.binary_packages, effect = excluded.effect,
    rule_name = excluded.rule_name, block_from = excluded.block_from, reported_rules = excluded.reported_rules`;
  const { matches, places, verdicts } = wordsOf(rows.map(({ written }) => written));
  await tx.$executeRaw`
    insert into vulnerabilities_finding (project_id, id, match_id, resource_kind, resource_id, cve, package_name, ecosystem,
      severity, risk_score, is_fixable, known_exploited, purl, path, layer, binary_packages, effect, rule_name, block_from,
      reported_rules, first_seen_at)
    select ${projectId}::uuid, g.id, m.id, h.kind, h.id, m.cve, m.package_name, m.ecosystem, m.severity, m.risk_score,
      m.fix_version is not null, m.known_exploited, p.purl, p.path, p.layer, p.binaries, v.effect, v.rule, v.block,
      v.reported, ${at}::timestamptz
    from unnest(${rows.map(({ written }) => written.finding.id)}::text[]::uuid[], ${rows.map(({ resource }) => resource)}::integer[],
      ${matches.numbers}::integer[], ${places.numbers}::integer[], ${verdicts.numbers}::integer[]) as g (id, r, m, p, v)
    join unnest(${resources.map(({ resourceKind }) => resourceKind)}::text[],
      ${resources.map(({ resourceId }) => resourceId)}::text[]) with ordinality as h (kind, id, n) on h.n = g.r
    join unnest(${matches.words}::text[]::uuid[]) with ordinality as k (id, n) on k.n = g.m
    join vulnerabilities_match m on m.project_id = ${projectId}::uuid and m.id = k.id
    join jsonb_to_recordset(${asRows(places.words)}::jsonb)
      as p (n integer, purl text, path text, layer smallint, binaries text[]) on p.n = g.p
    join jsonb_to_recordset(${asRows(verdicts.words)}::jsonb)
      as v (n integer, effect text, rule text, block timestamptz, reported uuid[]) on v.n = g.v
    on conflict (project_id, id) do update set ${kept}`;
}
