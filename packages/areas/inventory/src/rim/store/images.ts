import { Prisma, type Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import { type ImageHost, type ImagePage, imageHostsMax, type ListImages } from "../../contract.ts";
import { imageName, namesOnly } from "../../core/image-name.ts";
import { containsPattern, likePattern } from "../../core/like-pattern.ts";
import type { ImageStore, StoredResource } from "../../ports.ts";
import { heldImages } from "./held-images.ts";
import {
  containerCount,
  hostCount,
  imageColumns,
  imageDetailColumns,
  type StoredImage,
  type StoredImageDetail,
  toImageDetail,
  toImageRow,
} from "./image-rows.ts";
import { allOf, firstTotal, hasLabel, orderBy, type Sql, when } from "./sql.ts";

const sortColumns: Record<ListImages["sort"], Sql> = {
  name: Prisma.sql`i.name`,
  os: Prisma.sql`i.os_name`,
  sizeBytes: Prisma.sql`i.size_bytes`,
  packageCount: Prisma.sql`i.package_count`,
  containerCount,
  hostCount,
  firstSeenAt: Prisma.sql`i.first_seen_at`,
  lastSeenAt: Prisma.sql`i.last_seen_at`,
};

export function imageStore(tx: Tx, { projectId }: ProjectScope): ImageStore {
  return {
    ...heldImages(tx, projectId),
    list: (asked) => listImages(tx, projectId, asked),
    async find(id) {
      const [stored] = await tx.$queryRaw<StoredImageDetail[]>`
        select ${imageDetailColumns} from inventory_image i where i.project_id = ${projectId}::uuid and i.id = ${id}`;
      return stored === undefined ? null : toImageDetail(stored, await listHostsOf(tx, projectId, id));
    },
    async lock(id) {
      // Also orders the first two reports of a new image, for which there is no row to lock yet.
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`inventory ${projectId} ${id}`}, 0))`;
      const [stored] = await tx.$queryRaw<StoredResource[]>`
        select content_hash as "contentHash", scan_state as "scanState" from inventory_image
        where project_id = ${projectId}::uuid and id = ${id} for update`;
      return stored ?? null;
    },
    async save(image, { inventory, contentHash, at }) {
      const { os } = inventory;
      await tx.$executeRaw`
        insert into inventory_image (project_id, id, name, repo_tags, repo_digests, labels, config, os, os_name, os_supported,
          size_bytes, layers, warnings, secrets, package_count, content_hash, scan_state, created_at, first_seen_at,
          last_seen_at, scanned_at)
        values (${projectId}::uuid, ${image.id}, ${imageName(image)}, ${namesOnly(image.repoTags)}, ${namesOnly(image.repoDigests)},
          ${JSON.stringify(image.labels)}::jsonb, ${JSON.stringify(image.config)}::jsonb, ${os && JSON.stringify(os)}::jsonb,
          ${os?.name ?? null}, ${(os?.ecosystem ?? null) !== null}, ${image.sizeBytes}, ${JSON.stringify(inventory.layers)}::jsonb,
          ${JSON.stringify(inventory.warnings)}::jsonb, ${JSON.stringify(inventory.secrets ?? [])}::jsonb,
          ${inventory.packages.length}, ${contentHash}, 'scanned',
          ${image.createdAt ?? null}::timestamptz, ${at}, ${at}, ${at})
        on conflict (project_id, id) do update set labels = excluded.labels, config = excluded.config, os = excluded.os,
          os_name = excluded.os_name, os_supported = excluded.os_supported, size_bytes = excluded.size_bytes,
          layers = excluded.layers, warnings = excluded.warnings, secrets = excluded.secrets, package_count = excluded.package_count,
          content_hash = excluded.content_hash, scan_state = excluded.scan_state, created_at = excluded.created_at,
          last_seen_at = excluded.last_seen_at, scanned_at = excluded.scanned_at`;
    },
    async saveFailure(image, failure, at) {
      await tx.$executeRaw`
        insert into inventory_image (project_id, id, name, repo_tags, repo_digests, labels, config, os_supported, size_bytes,
          layers, warnings, package_count, scan_state, created_at, first_seen_at, last_seen_at)
        values (${projectId}::uuid, ${image.id}, ${imageName(image)}, ${namesOnly(image.repoTags)}, ${namesOnly(image.repoDigests)},
          ${JSON.stringify(image.labels)}::jsonb, ${JSON.stringify(image.config)}::jsonb, false, ${image.sizeBytes}, '[]'::jsonb,
          ${JSON.stringify([failure])}::jsonb, 0, 'failed', ${image.createdAt ?? null}::timestamptz, ${at}, ${at})
        on conflict (project_id, id) do update set labels = excluded.labels, config = excluded.config,
          size_bytes = excluded.size_bytes, warnings = excluded.warnings, scan_state = excluded.scan_state,
          created_at = excluded.created_at, last_seen_at = excluded.last_seen_at
        where inventory_image.scan_state <> 'scanned'`;
    },
    async isReleased(imageId, { hostId, order }) {
      const rows = await tx.$queryRaw<unknown[]>`
        select 1 from inventory_image_host where project_id = ${projectId}::uuid and image_id = ${imageId}
          and host_id = ${hostId}::uuid and removed_at is not null
          and (reported_at, sequence) > (${order.at}, ${order.sequence})`;
      return rows.length > 0;
    },
    async remove(ids) {
      await tx.$executeRaw`delete from inventory_image where project_id = ${projectId}::uuid and id = any(${[...ids]}::text[])`;
    },
  };
}

async function listImages(tx: Tx, projectId: string, asked: ListImages): Promise<ImagePage> {
  const where = imageConditions(projectId, asked);
  const order = orderBy(sortColumns[asked.sort], asked.reverse, Prisma.sql`i.id`);
  const rows = await tx.$queryRaw<StoredImage[]>`
    select ${imageColumns}, ${containerCount} as "containerCount", ${hostCount} as "hostCount"
    from inventory_image i where ${where} ${order} limit ${asked.limit} offset ${asked.offset}`;
  const totals = await tx.$queryRaw<
    { total: number }[]
  >`select count(*)::integer as total from inventory_image i where ${where}`;
  return { rows: rows.map(toImageRow), total: firstTotal(totals) };
}

function imageConditions(projectId: string, asked: ListImages): Sql {
  const onHost = (condition: Sql): Sql => Prisma.sql`exists (select 1 from inventory_image_host h
    left join inventory_host host on host.project_id = h.project_id and host.id = h.host_id
    where h.project_id = i.project_id and h.image_id = i.id and h.removed_at is null and ${condition})`;
  return allOf([
    Prisma.sql`i.project_id = ${projectId}::uuid`,
    when(asked.ids, (ids) => Prisma.sql`i.id = any(${ids}::text[])`),
    when(asked.names, (names) => {
      const patterns = names.map(likePattern);
      return Prisma.sql`exists (select 1 from unnest(i.repo_tags || i.name) tag where tag like any(${patterns}::text[]))`;
    }),
    when(asked.scanState, (state) => Prisma.sql`i.scan_state = ${state}`),
    when(asked.osSupported, (supported) => Prisma.sql`i.os_supported = ${supported}`),
    when(asked.label, (label) => hasLabel(Prisma.sql`i.labels`, label)),
    when(asked.hostIds, (ids) => onHost(Prisma.sql`h.host_id::text = any(${ids}::text[])`)),
    when(asked.hostnames, (names) => onHost(Prisma.sql`host.hostname like any(${names.map(likePattern)}::text[])`)),
    when(asked.search, (search) => {
      const pattern = containsPattern(search);
      return Prisma.sql`(i.name ilike ${pattern} or i.id ilike ${pattern} or i.os_name ilike ${pattern}
        or exists (select 1 from unnest(i.repo_tags) tag where tag ilike ${pattern}))`;
    }),
  ]);
}

async function listHostsOf(tx: Tx, projectId: string, imageId: string): Promise<ImageHost[]> {
  const rows = await tx.$queryRaw<(Omit<ImageHost, "lastSeenAt"> & { lastSeenAt: Date })[]>`
    select h.host_id as id, coalesce(host.hostname, '') as hostname, h.last_seen_at as "lastSeenAt",
      (select count(*)::integer from inventory_container c where c.project_id = h.project_id and c.image_id = h.image_id
        and c.host_id = h.host_id and c.removed_at is null) as "containerCount"
    from inventory_image_host h left join inventory_host host on host.project_id = h.project_id and host.id = h.host_id
    where h.project_id = ${projectId}::uuid and h.image_id = ${imageId} and h.removed_at is null
    order by hostname, id limit ${imageHostsMax}`;
  return rows.map((row) => ({ ...row, lastSeenAt: row.lastSeenAt.toISOString() }));
}
