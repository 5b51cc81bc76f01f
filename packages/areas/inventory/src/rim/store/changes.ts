import { Prisma, type Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import type { ChangeCounts, ContainerChanges, GetContainerChanges } from "../../contract.ts";
import { listChanges } from "../../core/tally-changes.ts";
import type { ChangeStore, ContainerContents, Reporting } from "../../ports.ts";

/** Counts as JSON writes them: times are texts in the database's own form. */
export type StoredCounts = ChangeCounts;

/** Counts of the row `ch`, or null where nothing was seen to differ. */
export const changeColumns = Prisma.sql`
  case when ch.is_changed then jsonb_build_object('added', ch.added_count, 'replaced', ch.replaced_count,
    'removed', ch.removed_count, 'secrets', ch.secret_count, 'complete', ch.complete, 'firstSeenAt', ch.first_seen_at,
    'reportedAt', ch.reported_at) end as changes`;

export function toCounts({ firstSeenAt, reportedAt, ...counts }: StoredCounts): ChangeCounts {
  return {
    ...counts,
    firstSeenAt: new Date(firstSeenAt).toISOString(),
    reportedAt: new Date(reportedAt).toISOString(),
  };
}

export function changeStore(tx: Tx, { projectId }: ProjectScope): ChangeStore {
  return {
    find: (asked) => findChanges(tx, projectId, asked),
    async isGone(containerId, { hostId, order }) {
      const [found] = await tx.$queryRaw<{ gone: boolean }[]>`
        select not exists (select from inventory_container c where c.project_id = ${projectId}::uuid
            and c.host_id = ${hostId}::uuid and c.id = ${containerId} and c.removed_at is null)
          and (exists (select from inventory_container c where c.project_id = ${projectId}::uuid
              and c.host_id = ${hostId}::uuid and c.id = ${containerId}
              and (c.reported_at, c.sequence) > (${order.at}, ${order.sequence}))
            or exists (select from inventory_host h where h.project_id = ${projectId}::uuid and h.id = ${hostId}::uuid
              and (h.containers_reported_at, h.containers_sequence) > (${order.at}, ${order.sequence}))) as gone`;
      return found?.gone === true;
    },
    save: (contents, counts, by) => saveChanges(tx, projectId, { contents, counts, by }),
    async removeOrphans(hostId, { at, sequence }, containerId) {
      await tx.$executeRaw`
        delete from inventory_container_change ch where ch.project_id = ${projectId}::uuid and ch.host_id = ${hostId}::uuid
          and (ch.reported_at, ch.sequence) < (${at}, ${sequence})
          and ch.container_id = coalesce(${containerId ?? null}, ch.container_id)
          and not exists (select from inventory_container c where c.project_id = ch.project_id and c.host_id = ch.host_id
            and c.id = ch.container_id and c.removed_at is null)`;
    },
  };
}

type Saving = Readonly<{ contents: ContainerContents; counts: Parameters<ChangeStore["save"]>[1]; by: Reporting }>;

async function saveChanges(
  tx: Tx,
  projectId: string,
  { contents, counts, by: { hostId, order } }: Saving,
): Promise<"recorded" | "unchanged" | "stale"> {
  const { containerId, imageId } = contents;
  const [added, removed, secrets, warnings] = [
    contents.added,
    contents.removed,
    contents.secrets,
    contents.warnings,
  ].map((list) => JSON.stringify(list));
  const isChanged = !counts.complete || counts.added + counts.replaced + counts.removed + counts.secrets > 0;
  const [held] = await tx.$queryRaw<{ same: boolean }[]>`
    select (added, removed, secrets, warnings) = (${added}::jsonb, ${removed}::jsonb, ${secrets}::jsonb, ${warnings}::jsonb) as same
    from inventory_container_change where project_id = ${projectId}::uuid and host_id = ${hostId}::uuid
      and container_id = ${containerId} for update`;
  const written = await tx.$executeRaw`
    insert into inventory_container_change as held (project_id, host_id, container_id, image_id, added, removed, secrets,
      warnings, added_count, replaced_count, removed_count, secret_count, complete, is_changed, reported_at, sequence,
      first_seen_at)
    values (${projectId}::uuid, ${hostId}::uuid, ${containerId}, ${imageId}, ${added}::jsonb, ${removed}::jsonb,
      ${secrets}::jsonb, ${warnings}::jsonb, ${counts.added}, ${counts.replaced}, ${counts.removed}, ${counts.secrets},
      ${counts.complete}, ${isChanged}, ${order.at}, ${order.sequence}, ${order.at})
    on conflict (project_id, host_id, container_id) do update set image_id = excluded.image_id, added = excluded.added,
      removed = excluded.removed, secrets = excluded.secrets, warnings = excluded.warnings,
      added_count = excluded.added_count, replaced_count = excluded.replaced_count,
      removed_count = excluded.removed_count, secret_count = excluded.secret_count, complete = excluded.complete,
      is_changed = excluded.is_changed, reported_at = excluded.reported_at, sequence = excluded.sequence,
      first_seen_at = case when held.is_changed then held.first_seen_at else excluded.first_seen_at end
    where (held.reported_at, held.sequence) <= (excluded.reported_at, excluded.sequence)`;
  if (written === 0) return "stale";
  return held?.same === true ? "unchanged" : "recorded";
}

type Found = Omit<ContainerChanges, "counts" | "packages"> &
  Pick<ContainerContents, "added" | "removed"> & { changes: StoredCounts | null };

async function findChanges(
  tx: Tx,
  projectId: string,
  { hostId, containerId }: GetContainerChanges,
): Promise<ContainerChanges | null> {
  const [found] = await tx.$queryRaw<Found[]>`
    select c.id as "containerId", c.name as "containerName", c.host_id as "hostId",
      coalesce(host.hostname, '') as hostname, c.image_id as "imageId", c.image_name as "imageName", c.labels,
      coalesce(ch.added, '[]') as added, coalesce(ch.removed, '[]') as removed, coalesce(ch.secrets, '[]') as secrets,
      coalesce(ch.warnings, '[]') as warnings, ${changeColumns}
    from inventory_container c
    left join inventory_host host on host.project_id = c.project_id and host.id = c.host_id
    left join inventory_container_change ch on ch.project_id = c.project_id and ch.host_id = c.host_id
      and ch.container_id = c.id
    where c.project_id = ${projectId}::uuid and c.host_id = ${hostId}::uuid and c.id = ${containerId}
      and c.removed_at is null`;
  if (found === undefined) return null;
  const { changes, added, removed, ...container } = found;
  const packages = [...listChanges({ added, removed })];
  return { ...container, packages, counts: changes === null ? null : toCounts(changes) };
}
