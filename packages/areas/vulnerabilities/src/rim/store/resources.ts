import type { Labels, ProjectScope } from "@rampart/kernel";
import { Prisma, type Tx } from "@rampart/database";
import type { PolicyEffect, ResourceKind, ResourceRef, ResourceSummary } from "../../contract.ts";
import type { ComparedResource, PolicySubject, ResourceStore } from "../../ports.ts";
import { allOf, type Sql, when } from "./sql.ts";

type SummaryRow = {
  resourceKind: ResourceKind;
  resourceId: string;
  resourceName: string;
  critical: number;
  high: number;
  medium: number;
  low: number;
  unknown: number;
  fixable: number;
  knownExploited: number;
  riskScore: number;
  scannedAt: Date;
  firstScannedAt: Date;
  packageCount: number;
  unsupportedOs: boolean;
  osName: string | null;
  effect: PolicyEffect;
  ruleName: string | null;
};

const summaryColumns = Prisma.sql`resource_kind as "resourceKind", resource_id as "resourceId",
  resource_name as "resourceName", critical, high, medium, low, unknown, fixable, known_exploited as "knownExploited",
  risk_score::float8 as "riskScore", scanned_at as "scannedAt", first_scanned_at as "firstScannedAt",
  package_count as "packageCount", unsupported_os as "unsupportedOs", os_name as "osName", effect, rule_name as "ruleName"`;

export function resourceStore(tx: Tx, { projectId }: ProjectScope): ResourceStore {
  const mine = Prisma.sql`project_id = ${projectId}::uuid`;
  return {
    async lock({ resourceKind, resourceId }) {
      const name = `${projectId} ${resourceKind} ${resourceId}`;
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${name}, 4))`;
      const [row] = await tx.$queryRaw<{ revision: number }[]>`
        select revision::float8 as revision from vulnerabilities_resource
        where ${mine} and resource_kind = ${resourceKind} and resource_id = ${resourceId}`;
      return row?.revision ?? 0;
    },
    save: (resource) => save(tx, projectId, resource),
    async remove({ resourceKind, resourceId }) {
      await tx.$executeRaw`
        delete from vulnerabilities_resource where ${mine} and resource_kind = ${resourceKind} and resource_id = ${resourceId}`;
    },
    async list(kind, ids) {
      const rows = await tx.$queryRaw<SummaryRow[]>`
        select ${summaryColumns} from vulnerabilities_resource
        where ${allOf([mine, ofKind(kind)])} and resource_id = any(${[...ids]}::text[]) order by resource_kind, resource_id`;
      return rows.map(toSummary);
    },
    async listRiskiest(kind, limit) {
      const rows = await tx.$queryRaw<SummaryRow[]>`
        select ${summaryColumns} from vulnerabilities_resource
        where ${allOf([mine, ofKind(kind)])} order by risk_score desc, resource_kind, resource_id limit ${limit}`;
      return rows.map(toSummary);
    },
    listSubjects: (kind, after, limit) => listSubjects(tx, allOf([mine, ofKind(kind), behind(after)]), limit),
  };
}

export function ofKind(kind: ResourceKind | undefined): Sql | undefined {
  return when(kind, (value) => Prisma.sql`resource_kind = ${value}`);
}

/** Everything behind a resource in the fixed order of all lists that walk through a project. */
export function behind(after: ResourceRef | null): Sql | undefined {
  return after === null
    ? undefined
    : Prisma.sql`(resource_kind, resource_id) > (${after.resourceKind}, ${after.resourceId})`;
}

async function listSubjects(tx: Tx, where: Sql, limit: number): Promise<readonly PolicySubject[]> {
  type Row = ResourceRef & { resourceName: string; hostNames: string[]; labels: Labels; effect: PolicyEffect };
  return tx.$queryRaw<Row[]>`
    select resource_kind as "resourceKind", resource_id as "resourceId", resource_name as "resourceName",
      host_names as "hostNames", labels, effect
    from vulnerabilities_resource where ${where} order by resource_kind, resource_id limit ${limit}`;
}

async function save(tx: Tx, projectId: string, resource: ComparedResource): Promise<void> {
  const { counts, at } = resource;
  await tx.$executeRaw`
    insert into vulnerabilities_resource (project_id, resource_kind, resource_id, resource_name, host_names, labels, os_name,
      unsupported_os, package_count, content_hash, critical, high, medium, low, unknown, fixable, known_exploited,
      risk_score, effect, rule_name, revision, first_scanned_at, scanned_at)
    values (${projectId}::uuid, ${resource.resourceKind}, ${resource.resourceId}, ${resource.resourceName},
      ${[...resource.hostNames]}::text[], ${JSON.stringify(resource.labels)}::jsonb, ${resource.osName},
      ${resource.unsupportedOs}, ${resource.packageCount}, ${resource.contentHash}, ${counts.critical}, ${counts.high},
      ${counts.medium}, ${counts.low}, ${counts.unknown}, ${resource.fixable}, ${resource.knownExploited},
      ${resource.riskScore}, ${resource.effect}, ${resource.ruleName}, ${resource.revision}, ${at}, ${at})
    on conflict (project_id, resource_kind, resource_id) do update set resource_name = excluded.resource_name,
      host_names = excluded.host_names, labels = excluded.labels, os_name = excluded.os_name,
      unsupported_os = excluded.unsupported_os, package_count = excluded.package_count,
      content_hash = excluded.content_hash, critical = excluded.critical, high = excluded.high, medium = excluded.medium,
      low = excluded.low, unknown = excluded.unknown, fixable = excluded.fixable,
      known_exploited = excluded.known_exploited, risk_score = excluded.risk_score, effect = excluded.effect,
      rule_name = excluded.rule_name, revision = excluded.revision, scanned_at = excluded.scanned_at`;
}

function toSummary(row: SummaryRow): ResourceSummary {
  const { critical, high, medium, low, unknown, scannedAt, firstScannedAt, ...rest } = row;
  return {
    ...rest,
    counts: { critical, high, medium, low, unknown },
    total: critical + high + medium + low + unknown,
    scannedAt: scannedAt.toISOString(),
    firstScannedAt: firstScannedAt.toISOString(),
  };
}
