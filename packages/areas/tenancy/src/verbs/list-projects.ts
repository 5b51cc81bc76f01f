import { projectsListedMax, type ProjectView } from "../contract.ts";
import type { TenancyCtx } from "../ports.ts";

/** The projects of a tenant, or all projects for null. Who may ask for which is decided by identity. */
export async function listProjects(ctx: TenancyCtx, tenantId: string | null): Promise<readonly ProjectView[]> {
  // oxlint-disable-next-line rampart/verb-checks-permission -- identity decides whose projects are listed
  return ctx.unit(({ projects }) => projects.list(tenantId, projectsListedMax));
}
