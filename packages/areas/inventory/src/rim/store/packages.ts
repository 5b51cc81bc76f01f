import { createHash } from "node:crypto";
import type { Inventory, InventoryPackage } from "@rampart/inspection/contract";
import { Prisma, type Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import type { ListPackages, PackagePage, PackageRow } from "../../contract.ts";
import { containsPattern } from "../../core/like-pattern.ts";
import { useReader } from "../../core/package-use.ts";
import type { PackageStore } from "../../ports.ts";
import { holderOf, packageColumns, removeHoldings, replaceHoldings } from "./holdings.ts";
import { findResources, listHoldings } from "./holders.ts";
import { findUse, isInState } from "./package-use.ts";
import { searchPackages } from "./search-packages.ts";
import { allOf, firstTotal, orderBy, type Sql, when } from "./sql.ts";

type StoredPackage = Omit<PackageRow, "path" | "sourceName" | "sourceVersion" | "layer" | "use"> & {
  path: string | null;
  sourceName: string | null;
  sourceVersion: string | null;
  layer: number | null;
};

const sortColumns: Record<ListPackages["sort"], Sql> = {
  name: Prisma.sql`c.name`,
  version: Prisma.sql`c.version`,
  kind: Prisma.sql`c.kind`,
  layer: Prisma.sql`h.layer`,
  path: Prisma.sql`h.path`,
};

const joined = Prisma.sql`inventory_holding h
  join inventory_component c on c.project_id = h.project_id and c.id = h.component_id`;

export function packageStore(tx: Tx, { projectId }: ProjectScope): PackageStore {
  return {
    fingerprint,
    replace: (resource, packages) => replaceHoldings(tx, projectId, resource, packages),
    removeAll: (resources) => removeHoldings(tx, projectId, resources),
    async listAll(resource) {
      const rows = await tx.$queryRaw<StoredPackage[]>`
        select ${packageColumns} from ${joined} where ${heldBy(projectId, resource)} order by c.key, h.place`;
      return rows.map(toPackageRow);
    },
    async list(asked) {
      const use = await findUse(tx, projectId, asked);
      const useOf = useReader(use);
      const within = asked.use === undefined ? [] : [isInState(use, asked.use)];
      const { rows, total } = await listPackages(tx, [heldBy(projectId, asked), ...within], asked);
      return { rows: rows.map((row) => ({ ...row, use: useOf(row) })), total };
    },
    search: (asked) => searchPackages(tx, projectId, asked),
    async countHolders() {
      const totals = await tx.$queryRaw<{ total: number }[]>`
        select count(*)::integer as total from inventory_holder where project_id = ${projectId}::uuid`;
      return firstTotal(totals);
    },
    listHoldings: (asked) => listHoldings(tx, projectId, asked),
    findResources: (names, page) => findResources(tx, projectId, names, page),
  };
}

function heldBy(projectId: string, resource: Parameters<typeof holderOf>[1]): Sql {
  return Prisma.sql`h.project_id = ${projectId}::uuid and h.holder_id = (${holderOf(projectId, resource)})`;
}

async function listPackages(tx: Tx, within: readonly Sql[], asked: ListPackages): Promise<PackagePage> {
  const where = allOf([
    ...within,
    when(asked.kinds, (kinds) => Prisma.sql`c.kind = any(${kinds}::text[])`),
    when(asked.layer, (layer) => Prisma.sql`h.layer = ${layer}`),
    when(asked.search, (search) => {
      const pattern = containsPattern(search);
      return Prisma.sql`(c.name ilike ${pattern} or c.source_name ilike ${pattern} or h.path ilike ${pattern})`;
    }),
  ]);
  const rows = await tx.$queryRaw<StoredPackage[]>`
    select ${packageColumns} from ${joined} where ${where}
    ${orderBy(sortColumns[asked.sort], asked.reverse, Prisma.sql`c.key`)} limit ${asked.limit} offset ${asked.offset}`;
  const totals = await tx.$queryRaw<{ total: number }[]>`
    select count(*)::integer as total from ${joined} where ${where}`;
  return { rows: rows.map(toPackageRow), total: firstTotal(totals) };
}

/** Everything that tells two packages of one resource apart; a changed licence alone is no new package. */
function keyOf(found: InventoryPackage): string {
  const parts = [found.ecosystem, found.purl, found.name, found.version, found.sourceName, found.sourceVersion];
  const place = [found.path, found.layer, found.ownedByOs ?? false];
  return createHash("sha256")
    .update(JSON.stringify([...parts, ...place]))
    .digest("base64url")
    .slice(0, 22);
}

function fingerprint({ os, packages }: Inventory): string {
  const hash = createHash("sha256").update(JSON.stringify(os?.ecosystem ?? null));
  for (const key of [...new Set(packages.map(keyOf))].toSorted()) hash.update(key);
  return `sha256:${hash.digest("hex")}`;
}

function toPackageRow({ path, sourceName, sourceVersion, layer, ...row }: StoredPackage): PackageRow {
  return {
    ...row,
    ...(path !== null && { path }),
    ...(sourceName !== null && { sourceName }),
    ...(sourceVersion !== null && { sourceVersion }),
    ...(layer !== null && { layer }),
  };
}
