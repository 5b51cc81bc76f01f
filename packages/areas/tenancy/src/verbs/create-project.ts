import { Refusal } from "@rampart/kernel";
import type { CreateProject, ProjectView } from "../contract.ts";
import { freeSlug, slugFor } from "../core/slug.ts";
import type { TenancyCtx } from "../ports.ts";

/** Makes an empty project in a tenant. */
export async function createProject(ctx: TenancyCtx, asked: CreateProject): Promise<ProjectView> {
  ctx.require("tenancy.write");
  return ctx.unit(async ({ tenants, projects, audit }) => {
    const tenant = await tenants.find(asked.tenantId);
    if (tenant === null) {
      throw new Refusal("not-found", "tenancy.tenant.not-found", `There is no tenant with the id "${asked.tenantId}".`);
    }
    const base = slugFor(asked.name);
    const slug = freeSlug(base, await projects.slugsLike(base));
    const project = { id: ctx.ids.next(), slug, name: asked.name, tenantId: tenant.id };
    await projects.insert(project);
    await audit.record("tenancy.project.created", { subject: asked.name, after: project });
    return { ...project, tenantName: tenant.name, createdAt: ctx.clock.now() };
  });
}
