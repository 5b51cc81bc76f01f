import { Prisma } from "@rampart/database";
import { useEvidence, type UseEvidence } from "@rampart/protocol/contract";
import type { PackageUseView, ResourceRef, UseState } from "../../contract.ts";
import type { Sql } from "./sql.ts";

/** Evidence, strongest first, so that the smallest place wins. */
const strongestFirst = [...useEvidence];

/**
 * What was seen in use of one resource, on all its hosts together. To be put before the query of its packages, as
 * `usesOf` once and `useJoins` behind its holdings `h` and components `c`.
 */
export function usesOf(projectId: string, { resourceKind, resourceId }: ResourceRef): Sql {
  return Prisma.sql`
    with looks as materialized (
      select id, complete from inventory_use_look
      where project_id = ${projectId}::uuid and resource_kind = ${resourceKind} and resource_id = ${resourceId}
    ), used as materialized (
      select u.told_by, u.package_kind, u.subject, min(array_position(${strongestFirst}::text[], u.evidence)) as rank,
        (array_agg(to_jsonb(u.processes) order by u.last_seen_at desc))[1] as processes, count(*)::integer as hosts,
        min(u.first_seen_at) as first_seen_at, max(u.last_seen_at) as last_seen_at
      from inventory_use u join looks l on l.id = u.look_id
      where u.project_id = ${projectId}::uuid
      group by u.told_by, u.package_kind, u.subject
    ), folders as materialized (select * from used where told_by = 'folder')`;
}

/** Packages of the distribution by name, those of languages by the file that tells of them, else by its folder. */
export const useJoins: Sql = Prisma.sql`
  left join used own on own.told_by = case c.kind when 'os' then 'name' else 'file' end
    and own.subject = case c.kind when 'os' then c.name else split_part(h.path, '!/', 1) end
  left join lateral (
    select * from folders f where f.package_kind = c.kind and starts_with(h.path, f.subject)
    order by length(f.subject) desc limit 1
  ) below on own.subject is null`;

export const useState: Sql = Prisma.sql`case
  when own.subject is not null or below.subject is not null then 'used'
  when (select coalesce(bool_and(complete), false) from looks) then 'not-seen'
  else 'unknown' end`;

export const useColumns: Sql = Prisma.sql`${useState} as "useState", coalesce(own.rank, below.rank) as "useRank",
  coalesce(own.processes, below.processes) as processes, coalesce(own.hosts, below.hosts) as hosts,
  coalesce(own.first_seen_at, below.first_seen_at) as "usedFrom", coalesce(own.last_seen_at, below.last_seen_at) as "usedTo"`;

export type StoredUse = Readonly<{
  useState: UseState;
  useRank: number | null;
  processes: string[] | null;
  hosts: number | null;
  usedFrom: Date | null;
  usedTo: Date | null;
}>;

export function toUseView({ useState: state, useRank, processes, hosts, usedFrom, usedTo }: StoredUse): PackageUseView {
  if (state !== "used" || usedFrom === null || usedTo === null) return { state: state === "used" ? "unknown" : state };
  return {
    state,
    evidence: evidenceAt(useRank),
    processes: processes ?? [],
    hosts: hosts ?? 1,
    firstSeenAt: usedFrom.toISOString(),
    lastSeenAt: usedTo.toISOString(),
  };
}

function evidenceAt(rank: number | null): UseEvidence {
  return useEvidence[(rank ?? useEvidence.length) - 1] ?? "application";
}
