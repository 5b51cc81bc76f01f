import type { Tx } from "@rampart/database";
import type { ResourceRef } from "../../contract.ts";
import type { FindingPlan } from "../../core/plan-findings.ts";

/** Package names shown with a CVE. */
const packagesShownMax = 10;

type Recounted = Readonly<{ resource: ResourceRef; plan: FindingPlan; revision: number }>;

/**
 * Counts a resource in or out of the CVEs that it newly has or no longer has. Rows are shared by all resources of a
 * project, so they are taken in the order of their names (no ring of waiting writers) and last in the unit (short waits).
 */
export async function recount(tx: Tx, projectId: string, { resource, plan, revision }: Recounted): Promise<void> {
  const { cvesAdded, cvesChanged, cvesRemoved } = plan;
  if (cvesAdded.length + cvesChanged.length > 0) {
    await countIn(tx, projectId, { resource, revision, added: cvesAdded, changed: cvesChanged });
  }
  if (cvesRemoved.length > 0) await countOut(tx, projectId, resource, cvesRemoved);
}

type CountedIn = Readonly<{
  resource: ResourceRef;
  revision: number;
  added: readonly string[];
  changed: readonly string[];
}>;

/** Grades of a newer revision replace older ones; within one revision the gravest counts. */
async function countIn(tx: Tx, projectId: string, { resource, revision, added, changed }: CountedIn): Promise<void> {
  const { resourceKind, resourceId } = resource;
  await tx.$executeRaw`
    insert into vulnerabilities_cve_summary as s (project_id, cve, images, hosts, severity, cvss, risk_score, is_fixable,
      known_exploited, packages, match_id, revision)
    select f.project_id, f.cve,
      case when f.cve = any(${[...added]}::text[]) and ${resourceKind} = 'image' then 1 else 0 end,
      case when f.cve = any(${[...added]}::text[]) and ${resourceKind} = 'host' then 1 else 0 end,
      max(f.severity), max(m.cvss), max(f.risk_score), bool_or(f.is_fixable), bool_or(f.known_exploited),
      (array_agg(distinct f.package_name))[1:${packagesShownMax}::int],
      (array_agg(f.match_id order by f.risk_score desc, f.match_id))[1], ${revision}::bigint
    from vulnerabilities_finding f join vulnerabilities_match m on m.project_id = f.project_id and m.id = f.match_id
    where f.project_id = ${projectId}::uuid and f.resource_kind = ${resourceKind} and f.resource_id = ${resourceId}
      and f.cve = any(${[...added, ...changed]}::text[])
    group by f.project_id, f.cve order by f.cve
    on conflict (project_id, cve) do update set images = s.images + excluded.images, hosts = s.hosts + excluded.hosts,
      severity = case when excluded.revision > s.revision then excluded.severity else greatest(s.severity, excluded.severity) end,
      cvss = case when excluded.revision > s.revision then excluded.cvss else greatest(s.cvss, excluded.cvss) end,
      risk_score = case when excluded.revision > s.revision then excluded.risk_score
        else greatest(s.risk_score, excluded.risk_score) end,
      is_fixable = case when excluded.revision > s.revision then excluded.is_fixable else s.is_fixable or excluded.is_fixable end,
      known_exploited = case when excluded.revision > s.revision then excluded.known_exploited
        else s.known_exploited or excluded.known_exploited end,
      packages = (select (array_agg(distinct name))[1:${packagesShownMax}::int] from unnest(s.packages || excluded.packages) as name),
      match_id = case when excluded.revision > s.revision or excluded.risk_score > s.risk_score then excluded.match_id
        else s.match_id end,
      revision = greatest(s.revision, excluded.revision)`;
}

async function countOut(
  tx: Tx,
  projectId: string,
  { resourceKind }: ResourceRef,
  cves: readonly string[],
): Promise<void> {
  await tx.$executeRaw`
    with gone as materialized (
      select cve from vulnerabilities_cve_summary
      where project_id = ${projectId}::uuid and cve = any(${[...cves]}::text[]) order by cve for update
    )
    update vulnerabilities_cve_summary s set
      images = s.images - case when ${resourceKind} = 'image' then 1 else 0 end,
      hosts = s.hosts - case when ${resourceKind} = 'host' then 1 else 0 end
    from gone where s.project_id = ${projectId}::uuid and s.cve = gone.cve`;
  await tx.$executeRaw`
    delete from vulnerabilities_cve_summary
    where project_id = ${projectId}::uuid and cve = any(${[...cves]}::text[]) and images <= 0 and hosts <= 0`;
}
