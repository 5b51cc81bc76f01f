import { Prisma, type Tx } from "@rampart/database";
import type { PackageName, PackageRow, ResourceRef } from "../../contract.ts";
import type { HolderPackages, HoldersAsked, PackageStore } from "../../ports.ts";
import type { Sql } from "./sql.ts";

type ComponentRow = Omit<PackageRow, "path" | "layer" | "sourceName" | "sourceVersion"> & {
  id: number;
  sourceName: string | null;
  sourceVersion: string | null;
};
type Held = readonly [component: number, path: string | null, layer: number | null];
type HolderRow = ResourceRef & { held: Held[] };

/** Of the next holders in the order of their numbers, those that hold one of the packages, with just these packages. */
export async function listHoldings(tx: Tx, projectId: string, asked: HoldersAsked) {
  const [window] = await tx.$queryRaw<{ last: number | null; holders: number }[]>`
    select max(id)::float8 as last, count(*)::integer as holders from (
      select id from inventory_holder where project_id = ${projectId}::uuid and id > ${asked.after}::bigint
      order by id limit ${asked.holders}) w`;
  const { last = null, holders = 0 } = window ?? {};
  if (last === null) return { holders: 0, next: null, resources: [] };
  const named = asked.names === null ? null : await componentsNamed(tx, projectId, asked.names);
  const rows = await holdersOf(tx, projectId, { after: asked.after, last, components: named });
  const components = named ?? (await componentsWithIds(tx, projectId, rows));
  return { holders, next: holders < asked.holders ? null : last, resources: toResources(rows, components) };
}

const componentRow = Prisma.sql`c.id::float8 as id, c.name, c.version, c.kind, c.ecosystem, c.lookup_name as "lookupName",
  c.source_name as "sourceName", c.source_version as "sourceVersion", c.purl, c.licenses, c.owned_by_os as "ownedByOs"`;

function componentsNamed(tx: Tx, projectId: string, names: readonly PackageName[]): Promise<ComponentRow[]> {
  return tx.$queryRaw<ComponentRow[]>`
    select ${componentRow} from unnest(${names.map(({ ecosystem }) => ecosystem)}::text[],
      ${names.map(({ name }) => name)}::text[]) as wanted (ecosystem, lookup_name)
    join inventory_component c on c.project_id = ${projectId}::uuid and c.ecosystem = wanted.ecosystem
      and c.lookup_name = wanted.lookup_name`;
}

function componentsWithIds(tx: Tx, projectId: string, rows: readonly HolderRow[]): Promise<ComponentRow[]> {
  const ids = [...new Set(rows.flatMap(({ held }) => held.map(([component]) => component)))];
  return tx.$queryRaw<ComponentRow[]>`
    select ${componentRow} from inventory_component c where c.project_id = ${projectId}::uuid and c.id = any(${ids}::bigint[])`;
}

type Window = Readonly<{ after: number; last: number; components: readonly ComponentRow[] | null }>;

async function holdersOf(tx: Tx, projectId: string, { after, last, components }: Window): Promise<HolderRow[]> {
  const inWindow = Prisma.sql`h.project_id = ${projectId}::uuid and h.holder_id > ${after}::bigint and h.holder_id <= ${last}::bigint`;
  // Each named component is looked up by itself: most holders hold few of them, and hundreds of other things.
  const held: Sql =
    components === null
      ? Prisma.sql`select * from inventory_holding h where ${inWindow}`
      : Prisma.sql`select h.* from unnest(${components.map(({ id }) => id)}::bigint[]) as named (id)
          cross join lateral (select * from inventory_holding h where ${inWindow} and h.component_id = named.id offset 0) h`;
  // Arrays instead of objects: a batch has tens of thousands of them.
  return tx.$queryRaw<HolderRow[]>`
    select o.resource_kind as "resourceKind", o.resource_id as "resourceId", g.held
    from (
      select h.holder_id, json_agg(json_build_array(h.component_id, h.path, h.layer)) as held
      from (${held}) h group by h.holder_id
    ) g
    join inventory_holder o on o.project_id = ${projectId}::uuid and o.id = g.holder_id
    order by o.resource_kind, o.resource_id`;
}

function toResources(rows: readonly HolderRow[], components: readonly ComponentRow[]): readonly HolderPackages[] {
  const byId = new Map(components.map((component) => [component.id, component]));
  const shared = new Map<string, PackageRow>();

  /** Equal packages of many holders are one object. */
  function toPackage([id, path, layer]: Held): readonly PackageRow[] {
    const text = `${id} ${layer} ${path}`;
    const known = shared.get(text);
    if (known !== undefined) return [known];
    const component = byId.get(id);
    if (component === undefined) return [];
    const row = toPackageRow(component, path, layer);
    shared.set(text, row);
    return [row];
  }

  return rows.map(({ held, ...resource }) => ({ ...resource, packages: held.flatMap(toPackage) }));
}

function toPackageRow(component: ComponentRow, path: string | null, layer: number | null): PackageRow {
  const { id: _, sourceName, sourceVersion, ...row } = component;
  return {
    ...row,
    ...(path !== null && { path }),
    ...(sourceName !== null && { sourceName }),
    ...(sourceVersion !== null && { sourceVersion }),
    ...(layer !== null && { layer }),
  };
}

export async function findResources(
  tx: Tx,
  projectId: string,
  names: readonly PackageName[],
  page: Parameters<PackageStore["findResources"]>[1],
): Promise<readonly ResourceRef[]> {
  const { after, limit } = page;
  const behind =
    after && Prisma.sql`and (o.resource_kind, o.resource_id) > (${after.resourceKind}, ${after.resourceId})`;
  return tx.$queryRaw<ResourceRef[]>`
    select distinct o.resource_kind as "resourceKind", o.resource_id as "resourceId"
    from unnest(${names.map((name) => name.ecosystem)}::text[], ${names.map((name) => name.name)}::text[])
      as wanted (ecosystem, lookup_name)
    join inventory_component c on c.project_id = ${projectId}::uuid and c.ecosystem = wanted.ecosystem
      and c.lookup_name = wanted.lookup_name
    join inventory_holding h on h.project_id = ${projectId}::uuid and h.component_id = c.id
    join inventory_holder o on o.project_id = ${projectId}::uuid and o.id = h.holder_id
    where true ${behind ?? Prisma.empty}
    order by 1, 2 limit ${limit}`;
}
