import { Prisma, type Tx } from "@rampart/database";
import type { PolicyEffect, ResourceRef } from "../../contract.ts";
import type { StoredFinding } from "../../core/part-of-resource.ts";
import type { KnownFindings } from "../../ports.ts";

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

type Row = ResourceRef & {
  stored: readonly Stored[] | null;
  counts: number[];
  fixable: number;
  exploited: number;
  rank: number | null;
  cves: string[] | null;
};

const effects: readonly PolicyEffect[] = ["ignore", "alert", "block"];

/**
 * What is stored about resources: findings of these packages one by one, all others summed up. In arrays instead of
 * rows, because a batch of resources has tens of thousands of findings.
 */
export async function listKnown(
  tx: Tx,
  projectId: string,
  resources: readonly ResourceRef[],
  packages: readonly string[] | null,
): Promise<readonly KnownFindings[]> {
  const isAsked = packages === null ? Prisma.sql`true` : Prisma.sql`f.package_name = any(${[...packages]}::text[])`;
  const rest = (rank: number) => Prisma.sql`count(*) filter (where not a.asked and f.severity = ${rank}::int)::integer`;
  const rows = await tx.$queryRaw<Row[]>`
    select f.resource_kind as "resourceKind", f.resource_id as "resourceId",
      json_agg(json_build_array(f.id, f.match_id, f.cve, f.effect, f.rule_name, f.block_from, f.layer, f.reported_rules,
        f.package_name, f.ecosystem, f.severity, f.is_fixable, f.known_exploited)) filter (where a.asked) as stored,
      array[${rest(0)}, ${rest(1)}, ${rest(2)}, ${rest(3)}, ${rest(4)}] as counts,
      count(*) filter (where not a.asked and f.is_fixable)::integer as fixable,
      count(*) filter (where not a.asked and f.known_exploited)::integer as exploited,
      max(array_position(array['ignore', 'alert', 'block'], f.effect)) filter (where not a.asked) as rank,
      array_agg(f.cve) filter (where not a.asked) as cves
    from unnest(${resources.map(({ resourceKind }) => resourceKind)}::text[],
      ${resources.map(({ resourceId }) => resourceId)}::text[]) as wanted (kind, id)
    join vulnerabilities_finding f
      on f.project_id = ${projectId}::uuid and f.resource_kind = wanted.kind and f.resource_id = wanted.id
    cross join lateral (select ${isAsked} as asked) a
    group by f.resource_kind, f.resource_id`;
  return rows.map(toKnown);
}

function toKnown({ stored, counts, fixable, exploited, rank, cves, ...resource }: Row): KnownFindings {
  const effect = effects[(rank ?? 1) - 1] ?? "ignore";
  const untouched = { counts, fixable, exploited, effect, cves: new Set(cves) };
  return { ...resource, stored: (stored ?? []).map(toStored), untouched };
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
