import type { Tx } from "@rampart/database";
import { imageName, namesOnly } from "../../core/image-name.ts";
import type { ImageStore } from "../../ports.ts";

/** Seen again within this time, an image is not written again: many hosts report the same ones. */
const lastSeenGrainMs = 60_000;
/** A removed row is kept this long against late reports; a Defender's reports are applied within minutes. */
const tombstoneMs = 24 * 3_600_000;

type Settled = Readonly<{
  id: string;
  name: string;
  repoTags: string[];
  repoDigests: string[];
  lastSeenAt: Date;
  hostCount: number;
  heldTags: string[];
  heldDigests: string[];
}>;

/** The part of the image store that knows which hosts have which images. */
export function heldImages(
  tx: Tx,
  projectId: string,
): Pick<ImageStore, "hold" | "release" | "listHeldBefore" | "ensure" | "settle"> {
  return {
    async hold(images, { hostId, order, at }) {
      const rows = images.map((image) => ({
        id: image.id,
        tags: namesOnly(image.repoTags),
        digests: namesOnly(image.repoDigests),
      }));
      await tx.$executeRaw`
        insert into inventory_image_host as held (project_id, image_id, host_id, repo_tags, repo_digests, reported_at, sequence,
          first_seen_at, last_seen_at)
        select ${projectId}::uuid, id, ${hostId}::uuid, tags, digests, ${order.at}, ${order.sequence}, ${at}, ${at}
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id text, tags text[], digests text[]) order by id
        on conflict (project_id, image_id, host_id) do update set repo_tags = excluded.repo_tags,
          repo_digests = excluded.repo_digests, reported_at = excluded.reported_at, sequence = excluded.sequence,
          last_seen_at = excluded.last_seen_at, removed_at = null
        where (held.reported_at, held.sequence) <= (excluded.reported_at, excluded.sequence)`;
      const held = await tx.$queryRaw<{ id: string }[]>`
        select image_id as id from inventory_image_host where project_id = ${projectId}::uuid and host_id = ${hostId}::uuid
          and image_id = any(${images.map((image) => image.id)}::text[]) and removed_at is null order by 1`;
      return held.map((row) => row.id);
    },
    async release(imageId, { hostId, order, at }) {
      const noNames: string[] = [];
      await tx.$executeRaw`delete from inventory_image_host where project_id = ${projectId}::uuid and host_id = ${hostId}::uuid
        and removed_at < ${new Date(at.getTime() - tombstoneMs)}`;
      const written = await tx.$executeRaw`
        insert into inventory_image_host as held (project_id, image_id, host_id, repo_tags, repo_digests, reported_at, sequence,
          first_seen_at, last_seen_at, removed_at)
        values (${projectId}::uuid, ${imageId}, ${hostId}::uuid, ${noNames}::text[], ${noNames}::text[], ${order.at},
          ${order.sequence}, ${at}, ${at}, ${at})
        on conflict (project_id, image_id, host_id) do update set reported_at = excluded.reported_at,
          sequence = excluded.sequence, removed_at = excluded.removed_at
        where (held.reported_at, held.sequence) <= (excluded.reported_at, excluded.sequence)`;
      return written > 0;
    },
    async listHeldBefore({ hostId, order }) {
      const rows = await tx.$queryRaw<{ id: string }[]>`
        select image_id as id from inventory_image_host
        where project_id = ${projectId}::uuid and host_id = ${hostId}::uuid and removed_at is null
          and (reported_at, sequence) < (${order.at}, ${order.sequence}) order by 1`;
      return rows.map((row) => row.id);
    },
    async ensure(images, at) {
      const rows = images.map((image) => ({ id: image.id, name: imageName(image) }));
      await tx.$executeRaw`
        insert into inventory_image (project_id, id, name, repo_tags, repo_digests, labels, config, os_supported, size_bytes,
          layers, warnings, package_count, scan_state, first_seen_at, last_seen_at)
        select ${projectId}::uuid, id, name, '{}', '{}', '{}', '{}', false, 0, '[]', '[]', 0, 'pending', ${at}, ${at}
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id text, name text) order by id
        on conflict do nothing`;
    },
    async settle(ids, at) {
      const rows = await readSettled(tx, projectId, ids);
      await writeNames(
        tx,
        projectId,
        rows.filter((row) => row.hostCount > 0),
        at,
      );
      return rows.filter((row) => row.hostCount === 0).map((row) => row.id);
    },
  };
}

async function readSettled(tx: Tx, projectId: string, ids: readonly string[]): Promise<Settled[]> {
  return tx.$queryRaw<Settled[]>`
    select i.id, i.name, i.repo_tags as "repoTags", i.repo_digests as "repoDigests", i.last_seen_at as "lastSeenAt",
      held.hosts as "hostCount", held.tags as "heldTags", held.digests as "heldDigests"
    from inventory_image i cross join lateral (
      select count(*)::integer as hosts,
        coalesce((select array_agg(distinct tag) from inventory_image_host t, unnest(t.repo_tags) tag
          where t.project_id = i.project_id and t.image_id = i.id and t.removed_at is null), '{}') as tags,
        coalesce((select array_agg(distinct digest) from inventory_image_host t, unnest(t.repo_digests) digest
          where t.project_id = i.project_id and t.image_id = i.id and t.removed_at is null), '{}') as digests
      from inventory_image_host h where h.project_id = i.project_id and h.image_id = i.id and h.removed_at is null
    ) held
    where i.project_id = ${projectId}::uuid and i.id = any(${[...ids]}::text[])`;
}

async function writeNames(tx: Tx, projectId: string, rows: readonly Settled[], at: Date): Promise<void> {
  const changed = rows
    .map(({ heldTags, heldDigests, ...row }) => ({ row, tags: namesOnly(heldTags), digests: namesOnly(heldDigests) }))
    .filter(({ row, tags, digests }) => isChanged(row, tags, digests, at))
    .map(({ row, tags, digests }) => ({
      id: row.id,
      name: imageName({ id: row.id, repoTags: tags, repoDigests: digests }),
      tags,
      digests,
    }));
  if (changed.length === 0) return;
  // Taken in the order of ids, so that two hosts with the same images do not wait for each other.
  await tx.$executeRaw`select 1 from inventory_image where project_id = ${projectId}::uuid
    and id = any(${changed.map((image) => image.id)}::text[]) order by id for update`;
  await tx.$executeRaw`
    update inventory_image i set name = given.name, repo_tags = given.tags, repo_digests = given.digests, last_seen_at = ${at}
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as given (id text, name text, tags text[], digests text[])
    where i.project_id = ${projectId}::uuid and i.id = given.id`;
}

type Written = Pick<Settled, "repoTags" | "repoDigests" | "lastSeenAt">;

function isChanged(row: Written, tags: readonly string[], digests: readonly string[], at: Date): boolean {
  return (
    at.getTime() - row.lastSeenAt.getTime() > lastSeenGrainMs ||
    JSON.stringify(row.repoTags) !== JSON.stringify(tags) ||
    JSON.stringify(row.repoDigests) !== JSON.stringify(digests)
  );
}
