export type { ProjectView, TenantView } from "./contract.ts";
export type { TenancyCtx } from "./ports.ts";
export { createProject } from "./verbs/create-project.ts";
export { createTenant } from "./verbs/create-tenant.ts";
export { findProject } from "./verbs/find-project.ts";
export { listProjects } from "./verbs/list-projects.ts";
export { listTenants } from "./verbs/list-tenants.ts";
