import type { ProjectScope } from "@rampart/kernel";
import { Prisma, type Tx } from "@rampart/database";
import type { PolicyEffect, ResourceKind, ResourceRef, ResourceSummary } from "../../contract.ts";
import type { ComparedResource, LastComparison, ResourceStore } from "../../ports.ts";
import { coveredBy } from "./knowledge.ts";
import { allOf, asRows, type Sql, when } from "./sql.ts";

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

/** Asked when it is shown, as an import may bring the advisories of a distribution that had none. */
const isUncovered = Prisma.sql`(os_ecosystem is not null and not ${coveredBy(Prisma.sql`os_ecosystem`)})`;

const summaryColumns = Prisma.sql`resource_kind as "resourceKind", resource_id as "resourceId",
  resource_name as "resourceName", critical, high, medium, low, unknown, fixable, known_exploited as "knownExploited",
  risk_score::float8 as "riskScore", scanned_at as "scannedAt", first_scanned_at as "firstScannedAt",
  package_count as "packageCount", ${isUncovered} as "unsupportedOs", os_name as "osName", effect, rule_name as "ruleName"`;

export function resourceStore(tx: Tx, { projectId }: ProjectScope): ResourceStore {
  const mine = Prisma.sql`project_id = ${projectId}::uuid`;
  return {
    async lock(resource) {
      const name = `${projectId} ${resource.resourceKind} ${resource.resourceId}`;
      // Also orders the first two comparisons, for which there is no row to lock yet.
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${name}, 4))`;
      const [row] = await lockKnown(tx, projectId, [resource]);
      return row ?? null;
    },
    lockKnown: (resources) => lockKnown(tx, projectId, resources),
    save: (resources) => saveResources(tx, projectId, resources),
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
  };
}

export function ofKind(kind: ResourceKind | undefined): Sql | undefined {
  return when(kind, (value) => Prisma.sql`resource_kind = ${value}`);
}

/** Row locks in one fixed order: any number of resources cost no memory of the server, and nobody waits in a ring. */
function lockKnown(
  tx: Tx,
  projectId: string,
  resources: readonly ResourceRef[],
): Promise<(ResourceRef & LastComparison)[]> {
  return tx.$queryRaw<(ResourceRef & LastComparison)[]>`
    select r.resource_kind as "resourceKind", r.resource_id as "resourceId", r.revision::float8 as revision,
      r.content_hash as "contentHash", r.rule_name as "ruleName", r.os_name as "osName",
      r.os_ecosystem as "osEcosystem", r.package_count as "packageCount", r.fixable, r.known_exploited as "knownExploited",
      r.effect, json_build_object('critical', r.critical, 'high', r.high, 'medium', r.medium, 'low', r.low,
        'unknown', r.unknown) as counts
    from vulnerabilities_resource r
    where r.project_id = ${projectId}::uuid and (r.resource_kind, r.resource_id) in (
      select * from unnest(${resources.map(({ resourceKind }) => resourceKind)}::text[],
        ${resources.map(({ resourceId }) => resourceId)}::text[]))
    order by r.resource_kind, r.resource_id for update of r`;
}

async function saveResources(tx: Tx, projectId: string, resources: readonly ComparedResource[]): Promise<void> {
  if (resources.length === 0) return;
  const rows = resources.map(({ counts, ...resource }) => ({ ...resource, ...counts }));
  await tx.$executeRaw`
    insert into vulnerabilities_resource (project_id, resource_kind, resource_id, resource_name, host_names, labels, os_name,
      os_ecosystem, package_count, content_hash, critical, high, medium, low, unknown, fixable, known_exploited,
      risk_score, effect, rule_name, revision, first_scanned_at, scanned_at)
    select ${projectId}::uuid, "resourceKind", "resourceId", "resourceName", "hostNames", labels, "osName",
      "osEcosystem", "packageCount", "contentHash", critical, high, medium, low, unknown, fixable, "knownExploited",
      "riskScore", effect, "ruleName", revision, at, at
    from jsonb_to_recordset(${asRows(rows)}::jsonb) as given ("resourceKind" text, "resourceId" text, "resourceName" text,
      "hostNames" text[], labels jsonb, "osName" text, "osEcosystem" text, "packageCount" integer, "contentHash" text,
      critical integer, high integer, medium integer, low integer, unknown integer, fixable integer,
      "knownExploited" integer, "riskScore" bigint, effect text, "ruleName" text, revision bigint, at timestamptz)
    on conflict (project_id, resource_kind, resource_id) do update set resource_name = excluded.resource_name,
      host_names = excluded.host_names, labels = excluded.labels, os_name = excluded.os_name,
      os_ecosystem = excluded.os_ecosystem, package_count = excluded.package_count,
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
