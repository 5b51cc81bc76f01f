import { severities } from "@rampart/kernel";
import type { Labels } from "@rampart/kernel";
import type { Tx } from "@rampart/database";
import type { PolicyEffect, ResourceKind, RiskFactor } from "../../contract.ts";
import type { JudgedResource } from "../../ports.ts";

type Asked = Readonly<{ kind: ResourceKind; findingsMax: number; now: Date }>;

type Row = {
  resourceKind: ResourceKind;
  resourceId: string;
  resourceName: string;
  hostNames: string[];
  labels: Labels;
  effect: PolicyEffect;
  findings: {
    cve: string;
    rank: number;
    packageKind: string;
    hasFix: boolean;
    riskFactors: RiskFactor[];
    publishedAt: string | null;
    firstSeenAt: string;
  }[];
};

/** Whole resources, the riskiest first, until the number of findings is reached. */
export async function listJudged(tx: Tx, projectId: string, { kind, findingsMax }: Asked) {
  const rows = await tx.$queryRaw<Row[]>`
    with counted as (
      select *, sum(critical + high + medium + low + unknown) over (order by risk_score desc, resource_id) as running
      from vulnerabilities_resource where project_id = ${projectId}::uuid and resource_kind = ${kind}
    ), listed as (
      select * from counted where running - (critical + high + medium + low + unknown) <= ${findingsMax}
      order by running limit ${findingsMax}
    )
    select r.resource_kind as "resourceKind", r.resource_id as "resourceId", r.resource_name as "resourceName",
      r.host_names as "hostNames", r.labels, r.effect, coalesce(f.findings, '[]') as findings
    from listed r left join lateral (
      select json_agg(json_build_object('cve', f.cve, 'rank', f.severity, 'packageKind', m.package_kind,
        'hasFix', f.is_fixable, 'riskFactors', m.risk_factors, 'publishedAt', m.published_at,
        'firstSeenAt', f.first_seen_at)) as findings
      from vulnerabilities_finding f join vulnerabilities_match m on m.project_id = f.project_id and m.id = f.match_id
      where f.project_id = r.project_id and f.resource_kind = r.resource_kind and f.resource_id = r.resource_id
    ) f on true
    order by r.running`;
  const [all] = await tx.$queryRaw<{ resources: number }[]>`
    select count(*)::float8 as resources from vulnerabilities_resource
    where project_id = ${projectId}::uuid and resource_kind = ${kind}`;
  return { resources: rows.map(toJudged), partial: (all?.resources ?? 0) > rows.length };
}

function toJudged({ findings, ...resource }: Row): JudgedResource {
  return {
    ...resource,
    findings: findings.map(({ publishedAt, firstSeenAt, rank, ...finding }) => ({
      ...finding,
      rank,
      severity: severities[rank] ?? "unknown",
      graceFrom: new Date(publishedAt ?? firstSeenAt),
    })),
  };
}
