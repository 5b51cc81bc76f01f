import { Prisma, type Tx } from "@rampart/database";
import { useEvidence } from "@rampart/protocol/contract";
import type { ResourceRef, UseState } from "../../contract.ts";
import type { ResourceUse, ToldUse } from "../../core/package-use.ts";
import type { Sql } from "./sql.ts";

type Told = Omit<ToldUse, "evidence" | "firstSeenAt" | "lastSeenAt"> & {
  rank: number;
  firstSeenAt: Date;
  lastSeenAt: Date;
};

/** What was seen in use of one resource, on all its hosts together; nothing is read where nobody has looked. */
export async function findUse(tx: Tx, projectId: string, resource: ResourceRef): Promise<ResourceUse> {
  const looks = await tx.$queryRaw<{ id: bigint; complete: boolean }[]>`
    select id, complete from inventory_use_look where project_id = ${projectId}::uuid
      and resource_kind = ${resource.resourceKind} and resource_id = ${resource.resourceId}`;
  if (looks.length === 0) return { otherwise: "unknown", told: [] };
  // Strongest first, so that the smallest place wins.
  const evidence = [...useEvidence];
  const rows = await tx.$queryRaw<Told[]>`
    select u.told_by as "toldBy", u.package_kind as "packageKind", u.subject,
      min(array_position(${evidence}::text[], u.evidence)) as rank, count(*)::integer as hosts,
      (array_agg(to_jsonb(u.processes) order by u.last_seen_at desc))[1] as processes,
      min(u.first_seen_at) as "firstSeenAt", max(u.last_seen_at) as "lastSeenAt"
    from inventory_use u
    where u.project_id = ${projectId}::uuid and u.look_id = any(${looks.map(({ id }) => id)}::bigint[])
    group by u.told_by, u.package_kind, u.subject`;
  return { otherwise: looks.every(({ complete }) => complete) ? "not-seen" : "unknown", told: rows.map(toTold) };
}

function toTold({ rank, firstSeenAt, lastSeenAt, ...row }: Told): ToldUse {
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
