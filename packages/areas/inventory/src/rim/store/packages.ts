import { createHash } from "node:crypto";
import type { Inventory, InventoryPackage } from "@rampart/inspection/contract";
import { Prisma, type Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import type { ListPackages, PackageName, PackagePage, PackageRow, ResourceRef } from "../../contract.ts";
import { containsPattern } from "../../core/like-pattern.ts";
import { lookupName } from "../../core/lookup-name.ts";
import type { PackageStore } from "../../ports.ts";
import { allOf, firstTotal, orderBy, type Sql, when } from "./sql.ts";

/** Rows written by one statement. */
const batchRows = 5_000;

type StoredPackage = Omit<PackageRow, "path" | "sourceName" | "sourceVersion" | "layer"> & {
  path: string | null;
  sourceName: string | null;
  sourceVersion: string | null;
  layer: number | null;
};

const columns = Prisma.sql`name, version, kind, ecosystem, lookup_name as "lookupName", source_name as "sourceName",
  source_version as "sourceVersion", purl, path, layer, licenses, owned_by_os as "ownedByOs"`;

const sortColumns: Record<ListPackages["sort"], Sql> = {
  name: Prisma.sql`name`,
  version: Prisma.sql`version`,
  kind: Prisma.sql`kind`,
  layer: Prisma.sql`layer`,
  path: Prisma.sql`path`,
};

export function packageStore(tx: Tx, { projectId }: ProjectScope): PackageStore {
  const of = ({ resourceKind, resourceId }: ResourceRef): Sql =>
    Prisma.sql`project_id = ${projectId}::uuid and resource_kind = ${resourceKind} and resource_id = ${resourceId}`;

  return {
    fingerprint,
    async replace(resource, packages) {
      const keyed = keyPackages(packages);
      await tx.$executeRaw`delete from inventory_package where ${of(resource)} and key <> all(${[...keyed.keys()]}::text[])`;
      const entries = [...keyed];
      for (let at = 0; at < entries.length; at += batchRows) {
        await insertPackages(tx, projectId, resource, entries.slice(at, at + batchRows));
      }
    },
    async removeAll(resources) {
      for (const resource of resources) await tx.$executeRaw`delete from inventory_package where ${of(resource)}`;
    },
    async listAll(resource) {
      const rows = await tx.$queryRaw<StoredPackage[]>`
        select ${columns} from inventory_package where ${of(resource)} order by key`;
      return rows.map(toPackageRow);
    },
    list: (asked) => listPackages(tx, of(asked), asked),
    findResources: (names, page) => findResources(tx, projectId, names, page),
  };
}

async function insertPackages(
  tx: Tx,
  projectId: string,
  { resourceKind, resourceId }: ResourceRef,
  entries: readonly (readonly [string, InventoryPackage])[],
): Promise<void> {
  const rows = entries.map(([key, found]) => ({
    ...found,
    key,
    lookup_name: lookupName(found),
    source_name: found.sourceName,
    source_version: found.sourceVersion,
    licenses: found.licenses ?? [],
    owned_by_os: found.ownedByOs ?? false,
  }));
  await tx.$executeRaw`
    insert into inventory_package (project_id, resource_kind, resource_id, key, ecosystem, lookup_name, name, version, kind,
      source_name, source_version, purl, path, layer, licenses, owned_by_os)
    select ${projectId}::uuid, ${resourceKind}, ${resourceId}, key, ecosystem, lookup_name, name, version, kind,
      source_name, source_version, purl, path, layer, licenses, owned_by_os
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (key text, ecosystem text, lookup_name text, name text,
      version text, kind text, source_name text, source_version text, purl text, path text, layer integer,
      licenses text[], owned_by_os boolean)
    on conflict do nothing`;
}

async function listPackages(tx: Tx, within: Sql, asked: ListPackages): Promise<PackagePage> {
  const where = allOf([
    within,
    when(asked.kinds, (kinds) => Prisma.sql`kind = any(${kinds}::text[])`),
    when(asked.layer, (layer) => Prisma.sql`layer = ${layer}`),
    when(asked.search, (search) => {
      const pattern = containsPattern(search);
      return Prisma.sql`(name ilike ${pattern} or source_name ilike ${pattern} or path ilike ${pattern})`;
    }),
  ]);
  const rows = await tx.$queryRaw<StoredPackage[]>`
    select ${columns} from inventory_package where ${where}
    ${orderBy(sortColumns[asked.sort], asked.reverse, Prisma.sql`key`)} limit ${asked.limit} offset ${asked.offset}`;
  const totals = await tx.$queryRaw<{ total: number }[]>`
    select count(*)::integer as total from inventory_package where ${where}`;
  return { rows: rows.map(toPackageRow), total: firstTotal(totals) };
}

async function findResources(
  tx: Tx,
  projectId: string,
  names: readonly PackageName[],
  page: Parameters<PackageStore["findResources"]>[1],
): Promise<readonly ResourceRef[]> {
  const { after, limit } = page;
  const behind = after && Prisma.sql`and (resource_kind, resource_id) > (${after.resourceKind}, ${after.resourceId})`;
  return tx.$queryRaw<ResourceRef[]>`
    select distinct resource_kind as "resourceKind", resource_id as "resourceId"
    from unnest(${names.map((name) => name.ecosystem)}::text[], ${names.map((name) => name.name)}::text[])
      as wanted (ecosystem, lookup_name)
    join inventory_package held
      on held.project_id = ${projectId}::uuid and held.ecosystem = wanted.ecosystem and held.lookup_name = wanted.lookup_name
    where true ${behind ?? Prisma.empty}
    order by 1, 2 limit ${limit}`;
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

function keyPackages(packages: readonly InventoryPackage[]): Map<string, InventoryPackage> {
  return new Map(packages.map((found) => [keyOf(found), found]));
}

function fingerprint({ os, packages }: Inventory): string {
  const hash = createHash("sha256").update(JSON.stringify(os?.ecosystem ?? null));
  for (const key of [...keyPackages(packages).keys()].toSorted()) hash.update(key);
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
