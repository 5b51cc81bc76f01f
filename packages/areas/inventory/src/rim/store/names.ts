import { Prisma, type Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import type { ListNames } from "../../contract.ts";
import { containsPattern } from "../../core/like-pattern.ts";
import type { NameStore } from "../../ports.ts";
import type { Sql } from "./sql.ts";

export function nameStore(tx: Tx, { projectId }: ProjectScope): NameStore {
  const sources: Record<ListNames["of"], Sql> = {
    image: Prisma.sql`select unnest(case when repo_tags = '{}' then array[name] else repo_tags end) as name
      from inventory_image where project_id = ${projectId}::uuid`,
    container: Prisma.sql`select name from inventory_container where project_id = ${projectId}::uuid and removed_at is null`,
    host: Prisma.sql`select hostname as name from inventory_host where project_id = ${projectId}::uuid`,
  };
  return {
    async list({ of, search, limit }) {
      const rows = await tx.$queryRaw<{ name: string }[]>`
        select distinct name from (${sources[of]}) as named where name ilike ${containsPattern(search ?? "")} order by 1 limit ${limit}`;
      return rows.map((row) => row.name);
    },
  };
}
