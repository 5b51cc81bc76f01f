import type { Tx } from "@rampart/database";
import type { Labels, ProjectScope } from "@rampart/kernel";
import { imageHostsMax, type ResourceRef } from "../../contract.ts";
import { mergeLabels } from "../../core/merge-labels.ts";
import type { ResourceSubject, SubjectStore } from "../../ports.ts";

/** Different sets of labels that the containers of one image are asked for; copies of a workload say the same. */
const labelSetsMax = 250;

type Row = Omit<ResourceSubject, "labels"> & { own: Labels; ofContainers: Labels[] };

export function subjectStore(tx: Tx, { projectId }: ProjectScope): SubjectStore {
  return {
    async list(resources) {
      const images = await listImages(tx, projectId, idsOf(resources, "image"));
      const hosts = await listHosts(tx, projectId, idsOf(resources, "host"));
      return [...images, ...hosts].map(toSubject);
    },
    async listHashes(resources) {
      return tx.$queryRaw<HashRow[]>`
        select 'image' as "resourceKind", i.id as "resourceId", i.content_hash as "contentHash" from inventory_image i
        where i.project_id = ${projectId}::uuid and i.id = any(${idsOf(resources, "image")}::text[])
        union all
        select 'host', h.id::text, h.content_hash from inventory_host h
        where h.project_id = ${projectId}::uuid and h.id::text = any(${idsOf(resources, "host")}::text[])`;
    },
  };
}

type HashRow = ResourceRef & { contentHash: string | null };

function idsOf(resources: readonly ResourceRef[], kind: ResourceRef["resourceKind"]): string[] {
  return resources.filter(({ resourceKind }) => resourceKind === kind).map(({ resourceId }) => resourceId);
}

async function listImages(tx: Tx, projectId: string, ids: readonly string[]): Promise<Row[]> {
  if (ids.length === 0) return [];
  return tx.$queryRaw<Row[]>`
    select 'image' as "resourceKind", i.id as "resourceId", i.name, i.os, i.labels as own, i.content_hash as "contentHash",
      coalesce(held.hosts, '[]') as hosts, coalesce(ran.labels, '[]') as "ofContainers"
    from inventory_image i
    left join lateral (
      select json_agg(json_build_object('id', n.id, 'hostname', n.hostname)) as hosts from (
        select h.host_id as id, coalesce(host.hostname, '') as hostname from inventory_image_host h
        left join inventory_host host on host.project_id = h.project_id and host.id = h.host_id
        where h.project_id = i.project_id and h.image_id = i.id and h.removed_at is null
        order by 2, 1 limit ${imageHostsMax}) n
    ) held on true
    left join lateral (
      select json_agg(n.labels) as labels from (
        select distinct c.labels from inventory_container c
        where c.project_id = i.project_id and c.image_id = i.id and c.removed_at is null
        order by 1 limit ${labelSetsMax}) n
    ) ran on true
    where i.project_id = ${projectId}::uuid and i.id = any(${[...ids]}::text[])`;
}

async function listHosts(tx: Tx, projectId: string, ids: readonly string[]): Promise<Row[]> {
  if (ids.length === 0) return [];
  return tx.$queryRaw<Row[]>`
    select 'host' as "resourceKind", h.id::text as "resourceId", h.hostname as name, h.os, h.labels as own,
      h.content_hash as "contentHash", json_build_array(json_build_object('id', h.id, 'hostname', h.hostname)) as hosts,
      json_build_array() as "ofContainers"
    from inventory_host h where h.project_id = ${projectId}::uuid and h.id::text = any(${[...ids]}::text[])`;
}

function toSubject({ own, ofContainers, ...row }: Row): ResourceSubject {
  return { ...row, labels: mergeLabels(own, ofContainers) };
}
