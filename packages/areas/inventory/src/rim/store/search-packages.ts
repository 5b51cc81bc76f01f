import { Prisma, type Tx } from "@rampart/database";
import { type FoundPackage, type FoundPackagePage, holdersCountedMax, type SearchPackages } from "../../contract.ts";
import { containsPattern } from "../../core/like-pattern.ts";
import { allOf, firstTotal, when } from "./sql.ts";

/** Looks in the versions of the project, which are few, and counts holders of the shown ones alone. */
export async function searchPackages(tx: Tx, projectId: string, asked: SearchPackages): Promise<FoundPackagePage> {
  const where = allOf([
    Prisma.sql`c.project_id = ${projectId}::uuid`,
    when(asked.ecosystem, (ecosystem) => Prisma.sql`c.ecosystem = ${ecosystem}`),
    when(asked.version, (version) => Prisma.sql`c.version = ${version}`),
    when(asked.search, (search) => {
      const pattern = containsPattern(search);
      return Prisma.sql`(c.name ilike ${pattern} or c.lookup_name ilike ${pattern})`;
    }),
    // A version stays known when nobody holds it any more.
    Prisma.sql`exists (select from inventory_holding h where h.project_id = c.project_id and h.component_id = c.id)`,
  ]);
  const direction = asked.reverse ? Prisma.sql`desc` : Prisma.sql`asc`;
  const rows = await tx.$queryRaw<FoundPackage[]>`
    select p.ecosystem, p.name, p.version, p.kind, held.resources
    from (
      select c.* from inventory_component c where ${where}
      order by c.name ${direction}, c.ecosystem, c.version, c.id limit ${asked.limit} offset ${asked.offset}
    ) p
    cross join lateral (
      select count(*)::integer as resources from (
        select from inventory_holding h where h.project_id = p.project_id and h.component_id = p.id
        limit ${holdersCountedMax}) counted
    ) held
    order by p.name ${direction}, p.ecosystem, p.version, p.id`;
  const totals = await tx.$queryRaw<{ total: number }[]>`
    select count(*)::integer as total from inventory_component c where ${where}`;
  return { rows, total: firstTotal(totals) };
}
