import type { InstallationCtx } from "@rampart/kernel";
import type { ProjectView, TenantView } from "./contract.ts";

/** The stored tenants and projects. */
export type TenancyStores = Readonly<{
  tenants: Readonly<{
    list(take: number): Promise<readonly TenantView[]>;
    find(id: string): Promise<TenantView | null>;
    slugsLike(slug: string): Promise<ReadonlySet<string>>;
    insert(tenant: TenantView): Promise<void>;
  }>;
  projects: Readonly<{
    /** Projects of one tenant, or of all tenants for null. */
    list(tenantId: string | null, take: number): Promise<readonly ProjectView[]>;
    /** By id or slug. */
    find(idOrSlug: string): Promise<ProjectView | null>;
    slugsLike(slug: string): Promise<ReadonlySet<string>>;
    insert(project: Omit<ProjectView, "tenantName" | "createdAt">): Promise<void>;
  }>;
}>;

export type TenancyCtx = InstallationCtx<TenancyStores>;
