import { z } from "zod";

/** A project as people see it. */
export const ProjectView = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  tenantId: z.uuid(),
  tenantName: z.string(),
  createdAt: z.date(),
});
export type ProjectView = z.infer<typeof ProjectView>;

export const TenantView = z.object({ id: z.uuid(), slug: z.string(), name: z.string() });
export type TenantView = z.infer<typeof TenantView>;

const Name = z.string().trim().min(2).max(80);

export const CreateTenant = z.strictObject({ name: Name });
export type CreateTenant = z.infer<typeof CreateTenant>;

export const CreateProject = z.strictObject({ tenantId: z.uuid(), name: Name });
export type CreateProject = z.infer<typeof CreateProject>;

/** Most tenants and projects that one list carries; the switcher filters as one types. */
export const projectsListedMax = 500;
