import type { Tx } from "@rampart/database";
import { packagesShownMax, type CveTally } from "../../core/tally-cves.ts";
import { asRows, batchesOf } from "./sql.ts";

/** Rows written by one statement. */
const batchRows = 2_000;

/**
 * Counts resources in or out of CVEs. The rows are shared by all resources of a project: they come in the order of their
 * names (no ring of waiting writers) and are written last in the unit (short waits). Grades of a newer revision replace
 * older ones; within one revision the gravest counts.
 */
export async function recount(
  tx: Tx,
  projectId: string,
  tallies: readonly CveTally[],
  revision: number,
): Promise<void> {
  const graded = tallies.flatMap(({ grade, ...counts }) => (grade === null ? [] : [{ ...counts, ...grade }]));
  const gone = tallies.filter(({ grade }) => grade === null);
  if (graded.length > 0 && gone.length > 0) await lockAll(tx, projectId, tallies);
  for (const batch of batchesOf(graded, batchRows)) await countIn(tx, projectId, asRows(batch), revision);
  for (const batch of batchesOf(gone, batchRows)) await countOut(tx, projectId, asRows(batch));
  const fallen = tallies.filter(({ images, hosts }) => images < 0 || hosts < 0).map(({ cve }) => cve);
  if (fallen.length === 0) return;
  await tx.$executeRaw`
    delete from vulnerabilities_cve_summary
    where project_id = ${projectId}::uuid and cve = any(${fallen}::text[]) and images <= 0 and hosts <= 0`;
}

/** Two statements follow, and each alone would keep the order. */
async function lockAll(tx: Tx, projectId: string, tallies: readonly CveTally[]): Promise<void> {
  await tx.$executeRaw`
    select from vulnerabilities_cve_summary
    where project_id = ${projectId}::uuid and cve = any(${tallies.map(({ cve }) => cve)}::text[]) order by cve for update`;
}

async function countIn(tx: Tx, projectId: string, rows: string, revision: number): Promise<void> {
  await tx.$executeRaw`
    insert into vulnerabilities_cve_summary as s (project_id, cve, images, hosts, severity, cvss, risk_score, is_fixable,
      known_exploited, packages, match_id, revision)
    select ${projectId}::uuid, cve, images, hosts, severity, cvss, "riskScore", fixable, exploited, packages, "matchId",
      ${revision}::bigint
    from jsonb_to_recordset(${rows}::jsonb) as given (cve text, images integer, hosts integer, severity smallint, cvss real,
      "riskScore" smallint, fixable boolean, exploited boolean, packages text[], "matchId" uuid)
    order by cve
    on conflict (project_id, cve) do update set images = s.images + excluded.images, hosts = s.hosts + excluded.hosts,
      severity = case when excluded.revision > s.revision then excluded.severity else greatest(s.severity, excluded.severity) end,
      cvss = case when excluded.revision > s.revision then excluded.cvss else greatest(s.cvss, excluded.cvss) end,
      risk_score = case when excluded.revision > s.revision then excluded.risk_score
        else greatest(s.risk_score, excluded.risk_score) end,
      is_fixable = case when excluded.revision > s.revision then excluded.is_fixable else s.is_fixable or excluded.is_fixable end,
      known_exploited = case when excluded.revision > s.revision then excluded.known_exploited
        else s.known_exploited or excluded.known_exploited end,
      packages = case when s.packages @> excluded.packages then s.packages else
        (select (array_agg(distinct name))[1:${packagesShownMax}::int] from unnest(s.packages || excluded.packages) as name) end,
      match_id = case when excluded.revision > s.revision or excluded.risk_score > s.risk_score then excluded.match_id
        else s.match_id end,
      revision = greatest(s.revision, excluded.revision)`;
}

async function countOut(tx: Tx, projectId: string, rows: string): Promise<void> {
  await tx.$executeRaw`
    with given as (
      select * from jsonb_to_recordset(${rows}::jsonb) as g (cve text, images integer, hosts integer)
    ), held as materialized (
      select s.cve from vulnerabilities_cve_summary s join given using (cve)
      where s.project_id = ${projectId}::uuid order by s.cve for update of s
    )
    update vulnerabilities_cve_summary s set images = s.images + given.images, hosts = s.hosts + given.hosts
    from held join given using (cve) where s.project_id = ${projectId}::uuid and s.cve = held.cve`;
}
