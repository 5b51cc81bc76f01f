import { Prisma, type Tx } from "@rampart/database";
import type { ResourceRef } from "../../contract.ts";
import type { FindingPlan, StoredMatch, WrittenFinding } from "../../core/plan-findings.ts";
import { asRows, batchesOf } from "./sql.ts";

/** Rows written by one statement. */
const batchRows = 2_000;

/** Matches never change, so what is there stays. In the order of their ids, so that two writers never wait in a ring. */
export async function addMatches(tx: Tx, projectId: string, matches: readonly StoredMatch[]): Promise<void> {
  const unique = [...new Map(matches.map((match) => [match.id, match])).values()];
  for (const batch of batchesOf(await missingOf(tx, projectId, unique), batchRows)) {
    await tx.$executeRaw`
      insert into vulnerabilities_match (project_id, id, cve, package_name, package_version, package_kind, ecosystem, severity,
        severity_source, cvss, cvss_vector, summary, link, status, fix_version, known_exploited, proofs, published_at,
        risk_score, risk_factors, risk_terms, aliases, evidence)
      select ${projectId}::uuid, id, cve, "packageName", "packageVersion", "packageKind", ecosystem, severity,
        "severitySource", cvss, "cvssVector", summary, link, status, "fixVersion", "knownExploited", proofs, "publishedAt",
        "riskScore", "riskFactors", "riskTerms", aliases, evidence
      from jsonb_to_recordset(${asRows(batch)}::jsonb) as given (id uuid, cve text, "packageName" text, "packageVersion" text,
        "packageKind" text, ecosystem text, severity smallint, "severitySource" text, cvss real, "cvssVector" text,
        summary text, link text, status text, "fixVersion" text, "knownExploited" boolean, proofs integer,
        "publishedAt" timestamptz, "riskScore" smallint, "riskFactors" text[], "riskTerms" jsonb, aliases text[],
        evidence jsonb)
      order by id on conflict do nothing`;
  }
}

async function missingOf(tx: Tx, projectId: string, matches: readonly StoredMatch[]): Promise<readonly StoredMatch[]> {
  if (matches.length === 0) return [];
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from vulnerabilities_match
    where project_id = ${projectId}::uuid and id = any(${matches.map(({ id }) => id)}::uuid[])`;
  const present = new Set(rows.map(({ id }) => id));
  return matches.filter(({ id }) => !present.has(id));
}

export type AppliedPlan = Readonly<{ resource: ResourceRef; plan: Pick<FindingPlan, "write" | "removeIds"> }>;

export async function applyPlans(tx: Tx, projectId: string, plans: readonly AppliedPlan[], at: Date): Promise<void> {
  const gone = plans.flatMap(({ plan }) => plan.removeIds);
  for (const batch of batchesOf(gone, batchRows)) {
    await tx.$executeRaw`
      delete from vulnerabilities_finding where project_id = ${projectId}::uuid and id = any(${[...batch]}::uuid[])`;
  }
  const resources = plans.map(({ resource }) => resource);
  const rows = plans.flatMap(({ plan }, index) => plan.write.map((written) => toRow(index + 1, written)));
  for (const batch of batchesOf(rows, batchRows)) await writeBatch(tx, projectId, { resources, rows: batch, at });
}

/** Short names, and nothing that the match or the resource says: a batch has tens of thousands of these. */
function toRow(resource: number, { finding, effect, ruleName, blockFrom, reportedRules }: WrittenFinding): object {
  const { id, match, purl, path, layer, binaryPackages } = finding;
  return {
    i: id,
    r: resource,
    m: match.id,
    ...(purl !== null && { u: purl }),
    ...(path !== null && { p: path }),
    ...(layer !== null && { l: layer }),
    b: binaryPackages,
    e: effect,
    n: ruleName,
    ...(blockFrom !== null && { t: blockFrom }),
    o: reportedRules,
  };
}

type Batch = Readonly<{ resources: readonly ResourceRef[]; rows: readonly object[]; at: Date }>;

async function writeBatch(tx: Tx, projectId: string, { resources, rows, at }: Batch): Promise<void> {
  const kept = Prisma.sql`match_id = excluded.match_id, cve = excluded.cve, package_name = excluded.package_name,
    ecosystem = excluded.ecosystem, severity = excluded.severity, risk_score = excluded.risk_score,
    is_fixable = excluded.is_fixable, known_exploited = excluded.known_exploited, purl = excluded.purl,
    path = excluded.path, layer = excluded.layer, binary_packages = excluded.binary_packages, effect = excluded.effect,
    rule_name = excluded.rule_name, block_from = excluded.block_from, reported_rules = excluded.reported_rules`;
  await tx.$executeRaw`
    insert into vulnerabilities_finding (project_id, id, match_id, resource_kind, resource_id, cve, package_name, ecosystem,
      severity, risk_score, is_fixable, known_exploited, purl, path, layer, binary_packages, effect, rule_name, block_from,
      reported_rules, first_seen_at)
    select ${projectId}::uuid, g.i, m.id, h.kind, h.id, m.cve, m.package_name, m.ecosystem, m.severity, m.risk_score,
      m.fix_version is not null, m.known_exploited, g.u, g.p, g.l, g.b, g.e, g.n, g.t, g.o, ${at}::timestamptz
    from jsonb_to_recordset(${asRows(rows)}::jsonb) as g (i uuid, r bigint, m uuid, u text, p text, l smallint, b text[], e text,
      n text, t timestamptz, o uuid[])
    join unnest(${resources.map(({ resourceKind }) => resourceKind)}::text[],
      ${resources.map(({ resourceId }) => resourceId)}::text[]) with ordinality as h (kind, id, r) on h.r = g.r
    join vulnerabilities_match m on m.project_id = ${projectId}::uuid and m.id = g.m
    on conflict (project_id, id) do update set ${kept}`;
}
