import type { Tx } from "@rampart/database";
import type { ProjectView } from "../contract.ts";
import type { TenancyStores } from "../ports.ts";

const slugsComparedMax = 1_000;
const withTenant = { include: { tenant: { select: { name: true } } } } as const;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

type ProjectRow = Omit<ProjectView, "tenantName"> & { tenant: { name: string } };

function toView({ tenant, ...project }: ProjectRow): ProjectView {
  return { ...project, tenantName: tenant.name };
}

export function tenancyStores(tx: Tx): TenancyStores {
  return {
    tenants: {
      list: (take) =>
        tx.tenancyTenant.findMany({ orderBy: { name: "asc" }, take, select: { id: true, slug: true, name: true } }),
      find: (id) => tx.tenancyTenant.findUnique({ where: { id }, select: { id: true, slug: true, name: true } }),
      async slugsLike(slug) {
        const rows = await tx.tenancyTenant.findMany({ where: { slug: { startsWith: slug } }, take: slugsComparedMax });
        return new Set(rows.map((row) => row.slug));
      },
      async insert(tenant) {
        await tx.tenancyTenant.create({ data: tenant });
      },
    },
    projects: {
      async list(tenantId, take) {
        const where = tenantId === null ? {} : { tenantId };
        const rows = await tx.tenancyProject.findMany({
          where,
          orderBy: [{ name: "asc" }, { id: "asc" }],
          take,
          ...withTenant,
        });
        return rows.map(toView);
      },
      async find(idOrSlug) {
        const where = uuid.test(idOrSlug) ? { id: idOrSlug } : { OR: [{ slug: idOrSlug }, { name: idOrSlug }] };
        const row = await tx.tenancyProject.findFirst({ where, orderBy: { createdAt: "asc" }, ...withTenant });
        return row === null ? null : toView(row);
      },
      async slugsLike(slug) {
        const rows = await tx.tenancyProject.findMany({
          where: { slug: { startsWith: slug } },
          take: slugsComparedMax,
        });
        return new Set(rows.map((row) => row.slug));
      },
      async insert(project) {
        await tx.tenancyProject.create({ data: project });
      },
    },
  };
}
