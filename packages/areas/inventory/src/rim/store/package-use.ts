import { Prisma, type Tx } from "@rampart/database";
import { useEvidence } from "@rampart/protocol/contract";
import type { ResourceRef, UseState } from "../../contract.ts";
import type { ResourceUse, ToldUse } from "../../core/package-use.ts";
import type { Sql } from "./sql.ts";

type Told = Omit<ToldUse, "evidence" | "firstSeenAt" | "lastSeenAt"> & {
  of: number;
  rank: number;
  firstSeenAt: Date;
  lastSeenAt: Date;
};

/** What was seen in use of one resource, on all its hosts together. */
export async function findUse(tx: Tx, projectId: string, resource: ResourceRef): Promise<ResourceUse> {
  const [use] = await listUses(tx, projectId, [resource]);
  return use ?? { otherwise: "unknown", told: [] };
}

type Look = ResourceRef & Readonly<{ ids: string[]; isWhole: boolean }>;

/** The same for many resources; those that no host has looked at are left out, and cost nothing more. */
export async function listUses(
  tx: Tx,
  projectId: string,
  resources: readonly ResourceRef[],
): Promise<readonly (ResourceRef & ResourceUse)[]> {
  if (resources.length === 0) return [];
  const looks = await tx.$queryRaw<Look[]>`
    select l.resource_kind as "resourceKind", l.resource_id as "resourceId", array_agg(l.id::text) as ids,
      bool_and(l.complete) as "isWhole"
    from unnest(${resources.map(({ resourceKind }) => resourceKind)}::text[],
      ${resources.map(({ resourceId }) => resourceId)}::text[]) as asked (kind, id)
    join inventory_use_look l on l.project_id = ${projectId}::uuid and l.resource_kind = asked.kind
      and l.resource_id = asked.id
    group by 1, 2 order by 1, 2`;
  if (looks.length === 0) return [];
  const told = await readTold(tx, projectId, looks);
  return looks.map(({ resourceKind, resourceId, isWhole }, index) => ({
    resourceKind,
    resourceId,
    otherwise: isWhole ? "not-seen" : "unknown",
    told: (told.get(index) ?? []).map(toTold),
  }));
}

/** By the place of their resource in the list. */
async function readTold(tx: Tx, projectId: string, looks: readonly Look[]): Promise<ReadonlyMap<number, Told[]>> {
  const pairs = looks.flatMap(({ ids }, index) => ids.map((id) => ({ id, index })));
  // Strongest first, so that the smallest place wins.
  const evidence = [...useEvidence];
  const rows = await tx.$queryRaw<Told[]>`
    select l.of, u.told_by as "toldBy", u.package_kind as "packageKind", u.subject,
      min(array_position(${evidence}::text[], u.evidence)) as rank, count(*)::integer as hosts,
      (array_agg(to_jsonb(u.processes) order by u.last_seen_at desc))[1] as processes,
      min(u.first_seen_at) as "firstSeenAt", max(u.last_seen_at) as "lastSeenAt"
    from unnest(${pairs.map(({ id }) => id)}::text[]::bigint[], ${pairs.map(({ index }) => index)}::integer[]) as l (id, of)
    join inventory_use u on u.project_id = ${projectId}::uuid and u.look_id = l.id
    group by l.of, u.told_by, u.package_kind, u.subject`;
  return Map.groupBy(rows, ({ of }) => of);
}

function toTold({ of: _, rank, firstSeenAt, lastSeenAt, ...row }: Told): ToldUse {
  const evidence = useEvidence[rank - 1] ?? "application";
  return { ...row, evidence, firstSeenAt: firstSeenAt.toISOString(), lastSeenAt: lastSeenAt.toISOString() };
}

/** Whether a package, its component `c` and holding `h`, is in one of these states; as `useReader` says it. */
export function isInState({ otherwise, told }: ResourceUse, states: readonly UseState[]): Sql {
  const used = isUsed(told);
  const others = states.includes(otherwise) ? Prisma.sql`not ${used}` : Prisma.sql`false`;
  return states.includes("used") ? Prisma.sql`(${used} or ${others})` : others;
}

function isUsed(told: readonly ToldUse[]): Sql {
  const subjects = (by: ToldUse["toldBy"]) => told.filter(({ toldBy }) => toldBy === by).map(({ subject }) => subject);
  const folders = told.filter(({ toldBy }) => toldBy === "folder");
  // Long lists are looked up by their hash; a join would have to guess how long they are.
  return Prisma.sql`case when c.kind = 'os' then c.name = any(${subjects("name")}::text[])
    else split_part(coalesce(h.path, ''), '!/', 1) = any(${subjects("file")}::text[])
      or exists (select from unnest(${folders.map(({ packageKind }) => packageKind)}::text[],
        ${folders.map(({ subject }) => subject)}::text[]) as f (kind, path)
        where f.kind = c.kind and starts_with(coalesce(h.path, ''), f.path)) end`;
}
