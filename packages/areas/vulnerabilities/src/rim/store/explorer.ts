import { severities, type ProjectScope, type Severity } from "@rampart/kernel";
import { Prisma, type Tx } from "@rampart/database";
import type {
  ImpactedResource,
  ListImpactedResources,
  ListTopCves,
  ResourceKind,
  RiskFactor,
  TopCveRow,
} from "../../contract.ts";
import type { ExplorerStore } from "../../ports.ts";
import { countResources, readTotals } from "./explorer-totals.ts";
import { recount } from "./recount.ts";
import { allOf, startingWith, type Sql, when } from "./sql.ts";
import { toShare } from "./finding-rows.ts";

export function explorerStore(tx: Tx, { projectId }: ProjectScope): ExplorerStore {
  return {
    recount: (tallies, revision) => recount(tx, projectId, tallies, revision),
    listTopCves: (asked) => listTopCves(tx, projectId, asked),
    listImpacted: (asked) => listImpacted(tx, projectId, asked),
    totals: () => readTotals(tx, projectId),
    countResources: () => countResources(tx, projectId),
  };
}

type TopRow = {
  cve: string;
  severity: number;
  cvss: number | null;
  riskScore: number;
  riskFactors: RiskFactor[] | null;
  knownExploited: boolean;
  epss: number | null;
  summary: string | null;
  link: string | null;
  fixable: boolean;
  packages: string[];
  images: number;
  hosts: number;
};

const rank = (severity: Severity): number => severities.indexOf(severity);

function topWhere(projectId: string, asked: ListTopCves): Sql {
  return allOf([
    Prisma.sql`s.project_id = ${projectId}::uuid`,
    when(asked.search === "" ? undefined : asked.search, (word) => Prisma.sql`s.cve ilike ${startingWith(word)}`),
    when(asked.resourceKind, (kind) => (kind === "image" ? Prisma.sql`s.images > 0` : Prisma.sql`s.hosts > 0`)),
    when(asked.severityAtLeast, (severity) => Prisma.sql`s.severity >= ${rank(severity)}`),
    when(asked.cvssAtLeast, (cvss) => Prisma.sql`s.cvss >= ${cvss}::real`),
    when(asked.fixable, (fixable) => Prisma.sql`s.is_fixable = ${fixable}`),
    when(asked.knownExploited, (known) => Prisma.sql`s.known_exploited = ${known}`),
    when(
      asked.packageName,
      // A project has few matches; which of them a resource still has is one look at an index for each CVE.
      (name) => Prisma.sql`s.cve in (
        select m.cve from vulnerabilities_match m where m.project_id = ${projectId}::uuid and m.package_name = ${name})
        and exists (select from vulnerabilities_finding f
          where f.project_id = s.project_id and f.package_name = ${name} and f.cve = s.cve)`,
    ),
  ]);
}

const topSorts: Readonly<Record<ListTopCves["sort"], Sql>> = {
  risk: Prisma.sql`s.risk_score desc, s.images + s.hosts desc`,
  severity: Prisma.sql`s.severity desc, s.risk_score desc`,
  resources: Prisma.sql`s.images + s.hosts desc, s.risk_score desc`,
  epss: Prisma.sql`c.epss desc nulls last`,
  cve: Prisma.sql`s.cve desc`,
};
const reversedSorts: Readonly<Record<ListTopCves["sort"], Sql>> = {
  risk: Prisma.sql`s.risk_score, s.images + s.hosts`,
  severity: Prisma.sql`s.severity, s.risk_score`,
  resources: Prisma.sql`s.images + s.hosts, s.risk_score`,
  epss: Prisma.sql`c.epss nulls first`,
  cve: Prisma.sql`s.cve`,
};

async function listTopCves(tx: Tx, projectId: string, asked: ListTopCves) {
  const where = topWhere(projectId, asked);
  const order = (asked.reverse ? reversedSorts : topSorts)[asked.sort];
  const rows = await tx.$queryRaw<TopRow[]>`
    select s.cve, s.severity, s.cvss::float8 as cvss, s.risk_score as "riskScore", m.risk_factors as "riskFactors",
      s.known_exploited as "knownExploited", c.epss::float8 as epss, m.summary, m.link, s.is_fixable as fixable,
      s.packages, s.images, s.hosts
    from vulnerabilities_cve_summary s
    left join vulnerabilities_match m on m.project_id = s.project_id and m.id = s.match_id
    left join vulnerabilities_cve c on c.cve = s.cve
    where ${where} order by ${order}, s.cve limit ${asked.limit} offset ${asked.offset}`;
  const [counted] = await tx.$queryRaw<{ total: number }[]>`
    select count(*)::float8 as total from vulnerabilities_cve_summary s where ${where}`;
  return { rows: rows.map(toTopCve), total: counted?.total ?? 0 };
}

function toTopCve(row: TopRow): TopCveRow {
  return {
    ...row,
    severity: severities[row.severity] ?? "unknown",
    cvss: row.cvss === null ? null : Math.round(row.cvss * 10) / 10,
    epss: toShare(row.epss),
    riskFactors: row.riskFactors ?? [],
    summary: row.summary ?? "",
    resources: row.images + row.hosts,
  };
}

type ImpactedRow = {
  resourceKind: ResourceKind;
  resourceId: string;
  resourceName: string | null;
  severity: number;
  firstSeenAt: Date;
  packages: {
    packageName: string;
    packageVersion: string;
    fixVersion: string | null;
    severity: number;
    cvss: number | null;
  }[];
};

async function listImpacted(tx: Tx, projectId: string, asked: ListImpactedResources) {
  const where = allOf([
    Prisma.sql`f.project_id = ${projectId}::uuid and f.cve = ${asked.cve}`,
    when(asked.resourceKind, (kind) => Prisma.sql`f.resource_kind = ${kind}`),
  ]);
  const rows = await tx.$queryRaw<ImpactedRow[]>`
    with page as materialized (
      select r.resource_kind, r.resource_id, r.resource_name, r.risk_score from vulnerabilities_resource r
      where r.project_id = ${projectId}::uuid and (r.resource_kind, r.resource_id) in (
        select f.resource_kind, f.resource_id from vulnerabilities_finding f where ${where})
      order by r.risk_score desc, r.resource_kind, r.resource_id limit ${asked.limit} offset ${asked.offset}
    )
    select f.resource_kind as "resourceKind", f.resource_id as "resourceId", p.resource_name as "resourceName",
      max(f.severity) as severity, min(f.first_seen_at) as "firstSeenAt",
      json_agg(json_build_object('packageName', m.package_name, 'packageVersion', m.package_version,
        'fixVersion', m.fix_version, 'severity', m.severity, 'cvss', m.cvss) order by m.package_name, f.id) as packages
    from page p
    join vulnerabilities_finding f
      on f.resource_kind = p.resource_kind and f.resource_id = p.resource_id and ${where}
    join vulnerabilities_match m on m.project_id = f.project_id and m.id = f.match_id
    group by f.resource_kind, f.resource_id, p.resource_name, p.risk_score
    order by p.risk_score desc, f.resource_kind, f.resource_id`;
  // The summary counts the resources of each CVE.
  const [counted] = await tx.$queryRaw<{ images: number; hosts: number }[]>`
    select images, hosts from vulnerabilities_cve_summary where project_id = ${projectId}::uuid and cve = ${asked.cve}`;
  const { images = 0, hosts = 0 } = counted ?? {};
  const total = asked.resourceKind === undefined ? images + hosts : asked.resourceKind === "image" ? images : hosts;
  return { rows: rows.map(toImpacted), total };
}

function toImpacted({ resourceName, severity, firstSeenAt, packages, ...row }: ImpactedRow): ImpactedResource {
  return {
    ...row,
    resourceName: resourceName ?? row.resourceId,
    severity: severities[severity] ?? "unknown",
    packages: packages.map((found) => ({ ...found, severity: severities[found.severity] ?? "unknown" })),
    firstSeenAt: firstSeenAt.toISOString(),
  };
}
