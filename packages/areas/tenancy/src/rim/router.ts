import { installationProcedure, router } from "@rampart/rpc";
import { z } from "zod";
import { bindTenancy } from "../bind.ts";
import { CreateProject, CreateTenant, ProjectView, TenantView } from "../contract.ts";
import { createProject } from "../verbs/create-project.ts";
import { createTenant } from "../verbs/create-tenant.ts";
import { listTenants } from "../verbs/list-tenants.ts";

export const tenancyRouter = router({
  listTenants: installationProcedure
    .output(z.array(TenantView).readonly())
    .query(({ ctx }) => listTenants(bindTenancy(ctx.platform, ctx.caller))),
  createTenant: installationProcedure
    .input(CreateTenant)
    .output(TenantView)
    .mutation(({ ctx, input }) => createTenant(bindTenancy(ctx.platform, ctx.caller), input)),
  createProject: installationProcedure
    .input(CreateProject)
    .output(ProjectView)
    .mutation(({ ctx, input }) => createProject(bindTenancy(ctx.platform, ctx.caller), input)),
});
