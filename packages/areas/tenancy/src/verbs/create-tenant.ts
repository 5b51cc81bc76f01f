import type { CreateTenant, TenantView } from "../contract.ts";
import { freeSlug, slugFor } from "../core/slug.ts";
import type { TenancyCtx } from "../ports.ts";

/** Makes a tenant without projects. */
export async function createTenant(ctx: TenancyCtx, asked: CreateTenant): Promise<TenantView> {
  ctx.require("tenancy.write");
  return ctx.unit(async ({ tenants, audit }) => {
    const base = slugFor(asked.name);
    const tenant = { id: ctx.ids.next(), slug: freeSlug(base, await tenants.slugsLike(base)), name: asked.name };
    await tenants.insert(tenant);
    await audit.record("tenancy.tenant.created", { subject: asked.name, after: tenant });
    return tenant;
  });
}
