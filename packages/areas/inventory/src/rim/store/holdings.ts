import { createHash } from "node:crypto";
import type { InventoryPackage } from "@rampart/inspection/contract";
import { Prisma, type Tx } from "@rampart/database";
import type { ResourceRef } from "../../contract.ts";
import { lookupName } from "../../core/lookup-name.ts";
import type { Sql } from "./sql.ts";

/** Rows written by one statement. */
const batchRows = 5_000;

export const packageColumns = Prisma.sql`c.name, c.version, c.kind, c.ecosystem, c.lookup_name as "lookupName",
  c.source_name as "sourceName", c.source_version as "sourceVersion", c.purl, h.path, h.layer, c.licenses,
  c.owned_by_os as "ownedByOs"`;

export function holderOf(projectId: string, { resourceKind, resourceId }: ResourceRef): Sql {
  return Prisma.sql`select id from inventory_holder where project_id = ${projectId}::uuid
    and resource_kind = ${resourceKind} and resource_id = ${resourceId}`;
}

type Holding = Readonly<{ key: string; place: string; path: string | null; layer: number | null }>;

/** Makes these the packages of the resource; writes only what differs. */
export async function replaceHoldings(
  tx: Tx,
  projectId: string,
  resource: ResourceRef,
  packages: readonly InventoryPackage[],
): Promise<void> {
  const components = new Map(packages.map((found) => [componentKey(found), found]));
  await addComponents(tx, projectId, components);
  const holder = await takeHolder(tx, projectId, resource);
  const holdings = [
    ...new Map(packages.map((found) => toHolding(found)).map((held) => [held.key + held.place, held])).values(),
  ];
  await tx.$executeRaw`
    with given as (
      select c.id, g.place
      from unnest(${holdings.map(({ key }) => key)}::text[]::uuid[], ${holdings.map(({ place }) => place)}::text[]::bigint[]) as g (key, place)
      join inventory_component c on c.project_id = ${projectId}::uuid and c.key = g.key
    )
    delete from inventory_holding h where h.project_id = ${projectId}::uuid and h.holder_id = ${holder}
      and not exists (select from given g where g.id = h.component_id and g.place = h.place)`;
  for (let at = 0; at < holdings.length; at += batchRows) {
    await addHoldings(tx, projectId, holder, holdings.slice(at, at + batchRows));
  }
}

/** Components stay when nobody holds them any more: another image brings them back, and there are few of them. */
export async function removeHoldings(tx: Tx, projectId: string, resources: readonly ResourceRef[]): Promise<void> {
  for (const resource of resources) {
    await tx.$executeRaw`delete from inventory_holding
      where project_id = ${projectId}::uuid and holder_id in (${holderOf(projectId, resource)})`;
    await tx.$executeRaw`delete from inventory_holder where project_id = ${projectId}::uuid
      and resource_kind = ${resource.resourceKind} and resource_id = ${resource.resourceId}`;
  }
}

async function takeHolder(tx: Tx, projectId: string, { resourceKind, resourceId }: ResourceRef): Promise<bigint> {
  const resource = { resourceKind, resourceId };
  const [known] = await tx.$queryRaw<{ id: bigint }[]>`${holderOf(projectId, resource)}`;
  if (known !== undefined) return known.id;
  await tx.$executeRaw`insert into inventory_holder (project_id, resource_kind, resource_id)
    values (${projectId}::uuid, ${resourceKind}, ${resourceId}) on conflict do nothing`;
  return takeHolder(tx, projectId, resource);
}

/** In the order of their keys, so that two writers of the same new components never wait in a ring. */
async function addComponents(
  tx: Tx,
  projectId: string,
  components: ReadonlyMap<string, InventoryPackage>,
): Promise<void> {
  const present = await tx.$queryRaw<{ key: string }[]>`
    select key from inventory_component
    where project_id = ${projectId}::uuid and key = any(${[...components.keys()]}::text[]::uuid[])`;
  const known = new Set(present.map(({ key }) => key));
  const rows = [...components].flatMap(([key, found]) => (known.has(key) ? [] : [toComponent(key, found)]));
  for (let at = 0; at < rows.length; at += batchRows) {
    await tx.$executeRaw`
      insert into inventory_component (project_id, key, ecosystem, lookup_name, name, version, kind, source_name,
        source_version, purl, licenses, owned_by_os)
      select ${projectId}::uuid, key, ecosystem, lookup_name, name, version, kind, source_name, source_version, purl,
        licenses, owned_by_os
      from jsonb_to_recordset(${JSON.stringify(rows.slice(at, at + batchRows))}::jsonb) as given (key uuid, ecosystem text,
        lookup_name text, name text, version text, kind text, source_name text, source_version text, purl text,
        licenses text[], owned_by_os boolean)
      order by key on conflict do nothing`;
  }
}

async function addHoldings(tx: Tx, projectId: string, holder: bigint, held: readonly Holding[]): Promise<void> {
  await tx.$executeRaw`
    insert into inventory_holding (project_id, holder_id, component_id, place, path, layer)
    select ${projectId}::uuid, ${holder}, c.id, g.place, g.path, g.layer
    from unnest(${held.map(({ key }) => key)}::text[]::uuid[], ${held.map(({ place }) => place)}::text[]::bigint[],
      ${held.map(({ path }) => path)}::text[], ${held.map(({ layer }) => layer)}::integer[]) as g (key, place, path, layer)
    join inventory_component c on c.project_id = ${projectId}::uuid and c.key = g.key
    on conflict do nothing`;
}

function toComponent(key: string, found: InventoryPackage): object {
  const { ecosystem, name, version, kind, purl, sourceName, sourceVersion, licenses = [], ownedByOs = false } = found;
  return {
    key,
    ecosystem,
    lookup_name: lookupName(found),
    name,
    version,
    kind,
    source_name: sourceName,
    source_version: sourceVersion,
    purl,
    licenses,
    owned_by_os: ownedByOs,
  };
}

function toHolding(found: InventoryPackage): Holding {
  const { path = null, layer = null } = found;
  const digits = sha256(`${path ?? ""}${unit}${layer ?? ""}`).slice(0, 16);
  return { key: componentKey(found), place: BigInt.asIntN(64, BigInt(`0x${digits}`)).toString(), path, layer };
}

/** Keeps parts of a key apart; no field that PostgreSQL can store as text ends up equal by moving text over it. */
const unit = "\u001F";

/** As the migration computes it from stored rows. */
function componentKey(found: InventoryPackage): string {
  const { ecosystem, purl, name, version, sourceName = "", sourceVersion = "", ownedByOs = false } = found;
  const hex = sha256([ecosystem, purl, name, version, sourceName, sourceVersion, String(ownedByOs)].join(unit));
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
