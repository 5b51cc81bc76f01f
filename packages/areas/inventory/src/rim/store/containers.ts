import { Prisma, type Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import type { ContainerPage, ContainerRow, ListContainers } from "../../contract.ts";
import { containsPattern, likePattern } from "../../core/like-pattern.ts";
import type { ContainerStore, ReportedContainer, ReportOrder, SeenContainer } from "../../ports.ts";
import { changeColumns, type StoredCounts, toCounts } from "./changes.ts";
import { allOf, firstTotal, hasLabel, orderBy, type Sql, toInstant, toInstantOrNull, when } from "./sql.ts";

/** A removed row is kept this long against late reports; a Defender's reports are applied within minutes. */
const tombstoneMs = 24 * 3_600_000;

type StoredContainer = Omit<ContainerRow, "createdAt" | "startedAt" | "lastSeenAt" | "changes"> & {
  changes: StoredCounts | null;
  createdAt: Date | null;
  startedAt: Date | null;
  lastSeenAt: Date;
};

const sortColumns: Record<ListContainers["sort"], Sql> = {
  name: Prisma.sql`c.name`,
  imageName: Prisma.sql`c.image_name`,
  hostname: Prisma.sql`host.hostname`,
  state: Prisma.sql`c.state`,
  startedAt: Prisma.sql`c.started_at`,
  lastSeenAt: Prisma.sql`c.last_seen_at`,
};

export function containerStore(tx: Tx, { projectId }: ProjectScope): ContainerStore {
  const onHost = (hostId: string): Sql => Prisma.sql`project_id = ${projectId}::uuid and host_id = ${hostId}::uuid`;
  const beforeOrder = ({ at, sequence }: ReportOrder): Sql =>
    Prisma.sql`(reported_at, sequence) < (${at}, ${sequence})`;

  return {
    list: (asked) => listContainers(tx, projectId, asked),
    listOfHost: (hostId) =>
      tx.$queryRaw<SeenContainer[]>`
        select id, state, image_id as "imageId", name from inventory_container where ${onHost(hostId)} and removed_at is null`,
    save: (hostId, containers, order, at) => saveContainers(tx, projectId, hostId, { containers, order, at }),
    async removeOlder(hostId, order, at) {
      await tx.$executeRaw`delete from inventory_container where ${onHost(hostId)}
        and removed_at < ${new Date(at.getTime() - tombstoneMs)}`;
      await tx.$executeRaw`update inventory_container set removed_at = ${at}
        where ${onHost(hostId)} and removed_at is null and ${beforeOrder(order)}`;
    },
    async remove(hostId, id, order, at) {
      const written = await tx.$executeRaw`
        insert into inventory_container as held (project_id, host_id, id, name, image_id, image_name, state, labels, ports,
          privileged, "user", reported_at, sequence, last_seen_at, removed_at)
        values (${projectId}::uuid, ${hostId}::uuid, ${id}, '', '', '', 'dead', '{}', '[]', false, '', ${order.at},
          ${order.sequence}, ${at}, ${at})
        on conflict (project_id, host_id, id) do update set removed_at = excluded.removed_at,
          reported_at = excluded.reported_at, sequence = excluded.sequence
        where (held.reported_at, held.sequence) <= (excluded.reported_at, excluded.sequence)`;
      return written > 0;
    },
  };
}

async function saveContainers(
  tx: Tx,
  projectId: string,
  hostId: string,
  { containers, order, at }: { containers: readonly ReportedContainer[]; order: ReportOrder; at: Date },
): Promise<number> {
  return tx.$executeRaw`
    insert into inventory_container as held (project_id, host_id, id, name, image_id, image_name, state, labels, ports, pid,
      privileged, "user", reported_at, sequence, created_at, started_at, last_seen_at)
    select ${projectId}::uuid, ${hostId}::uuid, id, name, "imageId", "imageName", state, labels, ports, pid,
      coalesce(privileged, false), coalesce("user", ''), ${order.at}, ${order.sequence}, "createdAt", "startedAt", ${at}
    from jsonb_to_recordset(${JSON.stringify(containers)}::jsonb) as given (id text, name text, "imageId" text, "imageName" text,
      state text, labels jsonb, ports jsonb, pid integer, privileged boolean, "user" text, "createdAt" timestamptz,
      "startedAt" timestamptz) order by id
    on conflict (project_id, host_id, id) do update set name = excluded.name, image_id = excluded.image_id,
      image_name = excluded.image_name, state = excluded.state, labels = excluded.labels, ports = excluded.ports,
      pid = excluded.pid, privileged = excluded.privileged, "user" = excluded."user", reported_at = excluded.reported_at,
      sequence = excluded.sequence, created_at = excluded.created_at, started_at = excluded.started_at,
      last_seen_at = excluded.last_seen_at, removed_at = null
    where (held.reported_at, held.sequence) <= (excluded.reported_at, excluded.sequence)`;
}

async function listContainers(tx: Tx, projectId: string, asked: ListContainers): Promise<ContainerPage> {
  const from = Prisma.sql`inventory_container c
    left join inventory_host host on host.project_id = c.project_id and host.id = c.host_id
    left join inventory_container_change ch on ch.project_id = c.project_id and ch.host_id = c.host_id
      and ch.container_id = c.id and ch.is_changed
    where ${containerConditions(projectId, asked)}`;
  const order = orderBy(sortColumns[asked.sort], asked.reverse, Prisma.sql`(c.host_id, c.id)`);
  const rows = await tx.$queryRaw<StoredContainer[]>`
    select c.id, c.name, c.host_id as "hostId", coalesce(host.hostname, '') as hostname, c.image_id as "imageId",
      c.image_name as "imageName", c.state, c.labels, c.ports, c.privileged, c."user", c.created_at as "createdAt",
      c.started_at as "startedAt", c.last_seen_at as "lastSeenAt", ${changeColumns}
    from ${from} ${order} limit ${asked.limit} offset ${asked.offset}`;
  const totals = await tx.$queryRaw<{ total: number }[]>`select count(*)::integer as total from ${from}`;
  return { rows: rows.map(toContainerRow), total: firstTotal(totals) };
}

function containerConditions(projectId: string, asked: ListContainers): Sql {
  return allOf([
    Prisma.sql`c.project_id = ${projectId}::uuid and c.removed_at is null`,
    when(asked.ids, (ids) => Prisma.sql`c.id = any(${ids}::text[])`),
    when(asked.imageIds, (ids) => Prisma.sql`c.image_id = any(${ids}::text[])`),
    when(asked.imageNames, (names) => Prisma.sql`c.image_name like any(${names.map(likePattern)}::text[])`),
    when(asked.hostIds, (ids) => Prisma.sql`c.host_id::text = any(${ids}::text[])`),
    when(asked.hostnames, (names) => Prisma.sql`host.hostname like any(${names.map(likePattern)}::text[])`),
    when(asked.states, (states) => Prisma.sql`c.state = any(${states}::text[])`),
    when(asked.changed, (changed) => (changed ? Prisma.sql`ch.is_changed` : Prisma.sql`ch.is_changed is null`)),
    when(asked.label, (label) => hasLabel(Prisma.sql`c.labels`, label)),
    when(asked.search, (search) => {
      const pattern = containsPattern(search);
      return Prisma.sql`(c.name ilike ${pattern} or c.image_name ilike ${pattern} or c.id ilike ${pattern} or host.hostname ilike ${pattern})`;
    }),
  ]);
}

function toContainerRow(stored: StoredContainer): ContainerRow {
  return {
    ...stored,
    createdAt: toInstantOrNull(stored.createdAt),
    startedAt: toInstantOrNull(stored.startedAt),
    lastSeenAt: toInstant(stored.lastSeenAt),
    changes: stored.changes === null ? null : toCounts(stored.changes),
  };
}
