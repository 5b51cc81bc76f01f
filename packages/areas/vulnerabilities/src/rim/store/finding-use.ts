import { Prisma, type Tx } from "@rampart/database";
import type { ResourceRef } from "../../contract.ts";
import type { UsedFinding } from "../../core/use-of-finding.ts";
import { batchesOf, type Sql } from "./sql.ts";

/** Rows changed by one statement. */
const batchRows = 5_000;

/** What of the findings of these resources tells whether they are in use, and what is noted of it. */
export async function listPlaces(
  tx: Tx,
  projectId: string,
  resources: readonly ResourceRef[],
  extent: "all" | "new",
): Promise<readonly UsedFinding[]> {
  if (resources.length === 0) return [];
  const isAsked = extent === "new" ? Prisma.sql`f.in_use is null` : Prisma.sql`true`;
  return tx.$queryRaw<UsedFinding[]>`
    select f.id, f.resource_kind as "resourceKind", f.resource_id as "resourceId", f.package_name as "packageName",
      m.package_kind as "packageKind", f.binary_packages as "binaryPackages", f.path, f.in_use as "inUse"
    from unnest(${resources.map(({ resourceKind }) => resourceKind)}::text[],
      ${resources.map(({ resourceId }) => resourceId)}::text[]) as asked (kind, id)
    join vulnerabilities_finding f on f.project_id = ${projectId}::uuid and f.resource_kind = asked.kind
      and f.resource_id = asked.id and ${isAsked}
    join vulnerabilities_match m on m.project_id = f.project_id and m.id = f.match_id`;
}

/** In the order of their ids, so that two writers never wait in a ring. */
export async function setUse(
  tx: Tx,
  projectId: string,
  marks: readonly Pick<UsedFinding, "id" | "inUse">[],
): Promise<void> {
  const ordered = marks.toSorted((left, right) => (left.id < right.id ? -1 : 1));
  for (const batch of batchesOf(ordered, batchRows)) {
    await tx.$executeRaw`
      update vulnerabilities_finding f set in_use = given.in_use
      from unnest(${batch.map(({ id }) => id)}::text[]::uuid[], ${batch.map(({ inUse }) => inUse)}::boolean[])
        as given (id, in_use)
      where f.project_id = ${projectId}::uuid and f.id = given.id`;
  }
}

/** Written out, because the index of findings whose use is known serves only what the planner can prove to be known. */
export function isInUse(asked: boolean | null): Sql {
  if (asked === null) return Prisma.sql`f.in_use is null`;
  return asked ? Prisma.sql`f.in_use` : Prisma.sql`(f.in_use is not null and not f.in_use)`;
}
