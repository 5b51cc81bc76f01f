import { grantScope } from "@rampart/kernel/grant";
import type { ProjectScope } from "@rampart/kernel";
import type { Tx } from "./open-database.ts";

/** One page of all projects, for work that the installation does for each of them in turn. */
export async function listProjectScopes(tx: Tx, page: { after?: string; size: number }): Promise<ProjectScope[]> {
  const rows = await tx.tenancyProject.findMany({
    where: page.after === undefined ? {} : { id: { gt: page.after } },
    orderBy: { id: "asc" },
    take: page.size,
    select: { id: true, tenantId: true },
  });
  return rows.map((row) => grantScope(row.tenantId, row.id));
}
