import { Prisma, type Tx } from "@rampart/database";
import type { PolicyEffect, ResourceRef } from "../../contract.ts";
import type { StoredFinding } from "../../core/part-of-resource.ts";
import type { ExpectedFindings } from "../../core/plan-findings.ts";
import type { FlawedPackage, KnownFindings } from "../../ports.ts";
import { toWords } from "./finding-words.ts";
import { asRows, type Sql } from "./sql.ts";

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

type Row = ResourceRef & { agreeing: number[] | null; stored: readonly Stored[] | null };
type Expected = ResourceRef & ExpectedFindings;

/**
 * Compares what should be stored with what is, in the database: of the tens of thousands of findings of a batch nearly
 * all agree, and only the others have to be sent. Resource by resource, as a join of so many would read the whole table.
 */
export async function listKnown(
  tx: Tx,
  projectId: string,
  expected: readonly Expected[],
  packages: readonly string[] | null,
): Promise<readonly KnownFindings[]> {
  const named = packages === null ? Prisma.empty : Prisma.sql`and f.package_name = any(${[...packages]}::text[])`;
  const rows = await tx.$queryRaw<Row[]>`
    with expected as materialized (${expectedRows(expected)})
    select wanted.kind as "resourceKind", wanted.id as "resourceId",
      array_agg(e.number) filter (where c.agrees) as agreeing,
      json_agg(json_build_array(f.id, f.match_id, f.cve, f.effect, f.rule_name, f.block_from, f.layer, f.reported_rules,
        f.package_name, f.ecosystem, f.severity, f.is_fixable, f.known_exploited)) filter (where not c.agrees) as stored
    from ${wantedOf(expected)}
    cross join lateral (
      select * from vulnerabilities_finding f
      where f.project_id = ${projectId}::uuid and f.resource_kind = wanted.kind and f.resource_id = wanted.id ${named}
      offset 0
    ) f
    left join expected e on e.id = f.id
    cross join lateral (select coalesce(
      f.match_id = e.match_id and f.layer is not distinct from e.layer and f.effect = e.effect
        and f.rule_name is not distinct from e.rule_name and f.block_from is not distinct from e.block_from
        and (f.effect = 'ignore' or e.rule_id = any(f.reported_rules)), false) as agrees) c
    group by wanted.kind, wanted.id`;
  return rows.map(({ agreeing, stored, ...resource }) => {
    return { ...resource, agreeing: agreeing ?? [], stored: (stored ?? []).map(toStored) };
  });
}

function expectedRows(expected: readonly Expected[]): Sql {
  const rows = expected.flatMap(({ decided, reporter }) =>
    decided.decisions.map(({ finding, decision }, number) => ({ finding, decision, reporter, number })),
  );
  const matches = toWords(
    rows,
    ({ finding }) => finding.match.id,
    ({ finding }) => finding.match.id,
  );
  const verdicts = toWords(
    rows,
    ({ decision, reporter }) => `${decision.effect} ${decision.blockFrom?.getTime()} ${reporter.ruleId}`,
    ({ decision, reporter }, n) => ({ n, ...decision, ...reporter }),
  );
  return Prisma.sql`
    select g.id, g.number, g.layer, k.id as match_id, v.effect, v."ruleName" as rule_name, v."ruleId" as rule_id,
      v."blockFrom" as block_from
    from unnest(${rows.map(({ finding }) => finding.id)}::text[]::uuid[], ${rows.map(({ number }) => number)}::integer[],
      ${rows.map(({ finding }) => finding.layer)}::integer[], ${matches.numbers}::integer[],
      ${verdicts.numbers}::integer[]) as g (id, number, layer, m, v)
    join unnest(${matches.words}::text[]::uuid[]) with ordinality as k (id, n) on k.n = g.m
    join jsonb_to_recordset(${asRows(verdicts.words)}::jsonb)
      as v (n integer, effect text, "ruleName" text, "ruleId" uuid, "blockFrom" timestamptz) on v.n = g.v`;
}

/** Which packages of a resource have a CVE, for any number of such questions. */
export async function listWithCves(
  tx: Tx,
  projectId: string,
  asked: readonly (ResourceRef & Readonly<{ cve: string }>)[],
): Promise<readonly (FlawedPackage & Readonly<{ cve: string }>)[]> {
  if (asked.length === 0) return [];
  return tx.$queryRaw<(FlawedPackage & { cve: string })[]>`
    select f.resource_kind as "resourceKind", f.resource_id as "resourceId", f.cve, f.ecosystem,
      f.package_name as "packageName"
    from unnest(${asked.map(({ resourceKind }) => resourceKind)}::text[], ${asked.map(({ resourceId }) => resourceId)}::text[],
      ${asked.map(({ cve }) => cve)}::text[]) as wanted (kind, id, cve)
    join vulnerabilities_finding f on f.project_id = ${projectId}::uuid and f.cve = wanted.cve
      and f.resource_kind = wanted.kind and f.resource_id = wanted.id`;
}

/** The effects that findings of each package of a resource have. */
export async function listEffects(
  tx: Tx,
  projectId: string,
  resources: readonly ResourceRef[],
): Promise<readonly (FlawedPackage & Readonly<{ effect: PolicyEffect }>)[]> {
  if (resources.length === 0) return [];
  return tx.$queryRaw<(FlawedPackage & { effect: PolicyEffect })[]>`
    select distinct f.resource_kind as "resourceKind", f.resource_id as "resourceId", f.ecosystem,
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
