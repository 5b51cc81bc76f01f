import { createHash } from "node:crypto";
import type { Tx } from "@rampart/database";
import { Defect, type ProjectScope } from "@rampart/kernel";
import type { PackageUse } from "@rampart/protocol/contract";
import { findUse, listUses } from "./package-use.ts";
import type { Reporting, SeenUse, UseStore } from "../../ports.ts";

/** The store of what processes were seen to use. */
export function useStore(tx: Tx, { projectId }: ProjectScope): UseStore {
  return {
    find: (resource) => findUse(tx, projectId, resource),
    list: (resources) => listUses(tx, projectId, resources),
    async save({ resource, complete, used }, by) {
      const { id, isNew } = await takeLook(tx, projectId, { resource, complete, used }, by);
      const isNews = await addUses(tx, projectId, id, { used, at: by.order.at });
      return isNew || isNews;
    },
    async removeOlder(resource, since) {
      const removed = await tx.$executeRaw`
        delete from inventory_use u using inventory_use_look l
        where l.project_id = ${projectId}::uuid and l.resource_kind = ${resource.resourceKind}
          and l.resource_id = ${resource.resourceId} and u.project_id = l.project_id and u.look_id = l.id
          and u.last_seen_at < ${since}`;
      return removed > 0;
    },
    async removeAll(resources) {
      for (const { resourceKind, resourceId } of resources) {
        await tx.$executeRaw`
          with gone as (
            delete from inventory_use_look where project_id = ${projectId}::uuid and resource_kind = ${resourceKind}
              and resource_id = ${resourceId} returning id
          )
          delete from inventory_use where project_id = ${projectId}::uuid and look_id in (select id from gone)`;
      }
    },
  };
}

type Look = Readonly<{ id: bigint; complete: boolean; isNew: boolean }>;

/** Locks the row of a host's looks at a resource. New when it is the first, or says otherwise how whole it is. */
async function takeLook(tx: Tx, projectId: string, { resource, complete }: SeenUse, by: Reporting): Promise<Look> {
  const { hostId, order } = by;
  const { resourceKind, resourceId } = resource;
  const added = await tx.$executeRaw`
    insert into inventory_use_look (project_id, resource_kind, resource_id, host_id, complete, reported_at, sequence,
      first_looked_at)
    values (${projectId}::uuid, ${resourceKind}, ${resourceId}, ${hostId}::uuid, ${complete}, ${order.at}, ${order.sequence},
      ${order.at})
    on conflict (project_id, resource_kind, resource_id, host_id) do nothing`;
  const [held] = await tx.$queryRaw<Omit<Look, "isNew">[]>`
    select id, complete from inventory_use_look
    where project_id = ${projectId}::uuid and resource_kind = ${resourceKind} and resource_id = ${resourceId}
      and host_id = ${hostId}::uuid for update`;
  if (held === undefined) throw new Defect("a look that was just added is gone");
  await tx.$executeRaw`
    update inventory_use_look set complete = ${complete}, reported_at = ${order.at}, sequence = ${order.sequence}
    where project_id = ${projectId}::uuid and id = ${held.id} and (reported_at, sequence) < (${order.at}, ${order.sequence})`;
  return { ...held, isNew: added > 0 || held.complete !== complete };
}

/** Adds uses to a look, or moves the times of those that are known; true when one is new or told of otherwise. */
async function addUses(
  tx: Tx,
  projectId: string,
  look: bigint,
  { used, at }: Readonly<{ used: readonly PackageUse[]; at: Date }>,
): Promise<boolean> {
  const rows = used.map(toRow);
  const held = await tx.$queryRaw<{ key: string; evidence: string }[]>`
    select key, evidence from inventory_use where project_id = ${projectId}::uuid and look_id = ${look}`;
  const known = new Map(held.map(({ key, evidence }) => [key, evidence]));
  await tx.$executeRaw`
    insert into inventory_use as held (project_id, look_id, key, told_by, package_kind, subject, evidence, processes,
      first_seen_at, last_seen_at)
    select ${projectId}::uuid, ${look}, key, told_by, package_kind, subject, evidence, processes, ${at}, ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (key uuid, told_by text, package_kind text, subject text, evidence text,
      processes text[])
    order by key
    on conflict (project_id, look_id, key) do update set
      evidence = case when excluded.last_seen_at >= held.last_seen_at then excluded.evidence else held.evidence end,
      processes = case when excluded.last_seen_at >= held.last_seen_at then excluded.processes else held.processes end,
      first_seen_at = least(held.first_seen_at, excluded.first_seen_at),
      last_seen_at = greatest(held.last_seen_at, excluded.last_seen_at)`;
  return rows.some(({ key, evidence }) => known.get(key) !== evidence);
}

/** What a package is told by, in the columns that packages are compared with. */
function toRow({ package: used, evidence, processes }: PackageUse) {
  const subject =
    used.is === "os"
      ? { told_by: "name", package_kind: "os", subject: used.name }
      : used.is === "file"
        ? { told_by: "file", package_kind: "", subject: used.path }
        : { told_by: "folder", package_kind: used.kind, subject: used.path };
  const hex = createHash("sha256")
    .update([subject.told_by, subject.package_kind, subject.subject].join("\u001f"))
    .digest("hex");
  const key = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
  return { key, ...subject, evidence, processes };
}
