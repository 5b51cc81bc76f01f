import { Prisma, type Tx } from "@rampart/database";
import type { PolicyEffect, ResourceRef } from "../../contract.ts";
import type { StoredFinding } from "../../core/part-of-resource.ts";
import type { FindingLook, Flaw, KnownFindings } from "../../ports.ts";
import type { Sql } from "./sql.ts";

type Stored = readonly [
  id: string,
  matchId: string,
  cve: string,
  effect: PolicyEffect,
  ruleName: string | null,
  blockFrom: string | null,
  layer: number | null,
  reportedRules: readonly string[],
  packageName: string,
  ecosystem: string,
  severity: number,
  fixable: boolean,
  exploited: boolean,
];

type Row = ResourceRef & { stored: readonly Stored[] };

/**
 * The stored findings of resources. In arrays instead of rows, because a batch of resources has tens of thousands of
 * findings; resource by resource, because a join of so many would read the whole table.
 */
export async function listKnown(
  tx: Tx,
  projectId: string,
  resources: readonly ResourceRef[],
  look: FindingLook,
): Promise<readonly KnownFindings[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select f.resource_kind as "resourceKind", f.resource_id as "resourceId",
      json_agg(json_build_array(f.id, f.match_id, f.cve, f.effect, f.rule_name, f.block_from, f.layer, f.reported_rules,
        f.package_name, f.ecosystem, f.severity, f.is_fixable, f.known_exploited)) as stored
    from ${wantedOf(resources)}
    cross join lateral (
      select * from vulnerabilities_finding f
      where f.project_id = ${projectId}::uuid and f.resource_kind = wanted.kind and f.resource_id = wanted.id
        ${isLookedAt(look)} offset 0
    ) f
    group by f.resource_kind, f.resource_id`;
  return rows.map(({ stored, ...resource }) => ({ ...resource, stored: stored.map(toStored) }));
}

/** The server makes a hash of the names. Of a bare column it would first weigh each name by the column's statistics. */
function isLookedAt(look: FindingLook): Sql {
  if (look === null) return Prisma.empty;
  const column = look.by === "cve" ? Prisma.sql`f.cve` : Prisma.sql`f.package_name`;
  return Prisma.sql`and ${column} || '' = any(${[...look.names]}::text[])`;
}

/** Which packages of a resource have a CVE, for any number of such questions. */
export async function listWithCves(
  tx: Tx,
  projectId: string,
  asked: readonly (ResourceRef & Readonly<{ cve: string }>)[],
): Promise<readonly Flaw[]> {
  if (asked.length === 0) return [];
  return tx.$queryRaw<Flaw[]>`
    select f.resource_kind as "resourceKind", f.resource_id as "resourceId", f.cve, f.ecosystem,
      f.package_name as "packageName"
    from unnest(${asked.map(({ resourceKind }) => resourceKind)}::text[], ${asked.map(({ resourceId }) => resourceId)}::text[],
      ${asked.map(({ cve }) => cve)}::text[]) as wanted (kind, id, cve)
    join vulnerabilities_finding f on f.project_id = ${projectId}::uuid and f.cve = wanted.cve
      and f.resource_kind = wanted.kind and f.resource_id = wanted.id`;
}

/** The effects of all findings of resources. */
export async function listEffects(
  tx: Tx,
  projectId: string,
  resources: readonly ResourceRef[],
): Promise<readonly (Flaw & Readonly<{ effect: PolicyEffect }>)[]> {
  if (resources.length === 0) return [];
  return tx.$queryRaw<(Flaw & { effect: PolicyEffect })[]>`
    select f.resource_kind as "resourceKind", f.resource_id as "resourceId", f.cve, f.ecosystem,
      f.package_name as "packageName", f.effect
    from ${wantedOf(resources)}
    join vulnerabilities_finding f
      on f.project_id = ${projectId}::uuid and f.resource_kind = wanted.kind and f.resource_id = wanted.id`;
}

function wantedOf(resources: readonly ResourceRef[]): Sql {
  return Prisma.sql`unnest(${resources.map(({ resourceKind }) => resourceKind)}::text[],
    ${resources.map(({ resourceId }) => resourceId)}::text[]) as wanted (kind, id)`;
}

function toStored([
  id,
  matchId,
  cve,
  effect,
  ruleName,
  blockFrom,
  layer,
  reportedRules,
  ...rest
]: Stored): StoredFinding {
  const [packageName, ecosystem, severity, fixable, exploited] = rest;
  return {
    id,
    matchId,
    cve,
    effect,
    ruleName,
    blockFrom: blockFrom === null ? null : new Date(blockFrom),
    layer,
    reportedRules,
    packageName,
    ecosystem,
    severity,
    fixable,
    exploited,
  };
}
