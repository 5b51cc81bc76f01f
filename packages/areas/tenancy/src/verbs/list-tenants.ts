import { projectsListedMax, type TenantView } from "../contract.ts";
import type { TenancyCtx } from "../ports.ts";

export async function listTenants(ctx: TenancyCtx): Promise<readonly TenantView[]> {
  ctx.require("tenancy.write");
  return ctx.unit(({ tenants }) => tenants.list(projectsListedMax));
}
