import { isIncomplete } from "@rampart/inspection/contract";
import { Prisma, type Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import type { HostDetail, HostPage, HostRow, ListHosts } from "../../contract.ts";
import { containsPattern, likePattern } from "../../core/like-pattern.ts";
import type { HostFacts, HostStore, InspectedResource, ReportOrder, StoredResource } from "../../ports.ts";
import { allOf, firstTotal, hasLabel, orderBy, type Sql, toInstant, toInstantOrNull, when } from "./sql.ts";

const containerCount = Prisma.sql`(select count(*)::integer from inventory_container c
  where c.project_id = h.project_id and c.host_id = h.id and c.removed_at is null)`;
const imageCount = Prisma.sql`(select count(*)::integer from inventory_image_host i
  where i.project_id = h.project_id and i.host_id = h.id and i.removed_at is null)`;

const columns = Prisma.sql`h.id, h.hostname, h.os_name as os, h.os_supported as "osSupported", h.kernel, h.architecture,
  h.engine, h.labels, h.package_count as "packageCount", ${containerCount} as "containerCount", ${imageCount} as "imageCount",
  h.first_seen_at as "firstSeenAt", h.last_seen_at as "lastSeenAt", h.scanned_at as "scannedAt",
  h.scan_state as "scanState", h.warnings, h.os as "osRelease", h.content_hash as "contentHash", h.facts as machine`;

type StoredHost = Omit<HostDetail, "firstSeenAt" | "lastSeenAt" | "scannedAt" | "complete"> & {
  firstSeenAt: Date;
  lastSeenAt: Date;
  scannedAt: Date | null;
};

const sortColumns: Record<ListHosts["sort"], Sql> = {
  hostname: Prisma.sql`h.hostname`,
  os: Prisma.sql`h.os_name`,
  packageCount: Prisma.sql`h.package_count`,
  containerCount,
  imageCount,
  firstSeenAt: Prisma.sql`h.first_seen_at`,
  lastSeenAt: Prisma.sql`h.last_seen_at`,
};

export function hostStore(tx: Tx, { projectId }: ProjectScope): HostStore {
  const isHost = (id: string): Sql => Prisma.sql`project_id = ${projectId}::uuid and id = ${id}::uuid`;

  return {
    list: (asked) => listHosts(tx, projectId, asked),
    async find(id) {
      const [stored] = await tx.$queryRaw<StoredHost[]>`
        select ${columns} from inventory_host h where h.project_id = ${projectId}::uuid and h.id::text = ${id}`;
      return stored === undefined ? null : toHostDetail(stored);
    },
    async ensure(host, at) {
      await tx.$executeRaw`
        insert into inventory_host (project_id, id, hostname, os_supported, kernel, architecture, facts, labels, warnings,
          package_count, scan_state, reported_at, sequence, first_seen_at, last_seen_at)
        values (${projectId}::uuid, ${host.id}::uuid, ${host.hostname}, false, '', '', '{}', '{}', '[]', 0, 'pending',
          to_timestamp(0), 0, ${at}, ${at})
        on conflict do nothing`;
    },
    async lock(id, order) {
      const [stored] = await tx.$queryRaw<(StoredResource & { isStale: boolean })[]>`
        select content_hash as "contentHash", scan_state as "scanState",
          (reported_at, sequence) > (${order.at}, ${order.sequence}) as "isStale"
        from inventory_host where ${isHost(id)} for update`;
      return stored === undefined || stored.isStale ? "stale" : stored;
    },
    save: (host, inspected, order) => saveHost(tx, isHost(host.id), { host, inspected, order }),
    async claimContainers(id, order) {
      const written = await tx.$executeRaw`
        update inventory_host set containers_reported_at = ${order.at}, containers_sequence = ${order.sequence}
        where ${isHost(id)} and (containers_reported_at is null
          or (containers_reported_at, containers_sequence) <= (${order.at}, ${order.sequence}))`;
      return written > 0;
    },
    async hasLaterContainers(id, order) {
      const [later] = await tx.$queryRaw<unknown[]>`
        select 1 from inventory_host where ${isHost(id)}
          and (containers_reported_at, containers_sequence) > (${order.at}, ${order.sequence}) for update`;
      return later !== undefined;
    },
  };
}

async function saveHost(
  tx: Tx,
  isHost: Sql,
  { host, inspected, order }: { host: HostFacts; inspected: InspectedResource; order: ReportOrder },
): Promise<void> {
  const { os, packages, warnings } = inspected.inventory;
  await tx.$executeRaw`
    update inventory_host set hostname = ${host.hostname}, os = ${os && JSON.stringify(os)}::jsonb, os_name = ${os?.name ?? null},
      os_supported = ${(os?.ecosystem ?? null) !== null}, kernel = ${host.kernel}, architecture = ${host.architecture},
      engine = ${host.engine && JSON.stringify(host.engine)}::jsonb, facts = ${JSON.stringify(host.machine)}::jsonb,
      labels = ${JSON.stringify(host.labels)}::jsonb, warnings = ${JSON.stringify(warnings)}::jsonb,
      package_count = ${packages.length}, content_hash = ${inspected.contentHash}, scan_state = 'scanned',
      reported_at = ${order.at}, sequence = ${order.sequence}, last_seen_at = ${inspected.at}, scanned_at = ${inspected.at}
    where ${isHost}`;
}

async function listHosts(tx: Tx, projectId: string, asked: ListHosts): Promise<HostPage> {
  const where = allOf([
    Prisma.sql`h.project_id = ${projectId}::uuid`,
    when(asked.ids, (ids) => Prisma.sql`h.id::text = any(${ids}::text[])`),
    when(asked.hostnames, (names) => Prisma.sql`h.hostname like any(${names.map(likePattern)}::text[])`),
    when(asked.osSupported, (supported) => Prisma.sql`h.os_supported = ${supported}`),
    when(asked.label, (label) => hasLabel(Prisma.sql`h.labels`, label)),
    when(asked.search, (search) => {
      const pattern = containsPattern(search);
      return Prisma.sql`(h.hostname ilike ${pattern} or h.os_name ilike ${pattern} or h.kernel ilike ${pattern})`;
    }),
  ]);
  const order = orderBy(sortColumns[asked.sort], asked.reverse, Prisma.sql`h.id`);
  const rows = await tx.$queryRaw<StoredHost[]>`
    select ${columns} from inventory_host h where ${where} ${order} limit ${asked.limit} offset ${asked.offset}`;
  const totals = await tx.$queryRaw<
    { total: number }[]
  >`select count(*)::integer as total from inventory_host h where ${where}`;
  return { rows: rows.map(toHostDetail).map(toHostRow), total: firstTotal(totals) };
}

function toHostDetail(stored: StoredHost): HostDetail {
  return {
    ...stored,
    firstSeenAt: toInstant(stored.firstSeenAt),
    lastSeenAt: toInstant(stored.lastSeenAt),
    scannedAt: toInstantOrNull(stored.scannedAt),
    complete: stored.scanState === "scanned" && !isIncomplete(stored),
  };
}

function toHostRow({ osRelease, warnings, contentHash, machine, ...row }: HostDetail): HostRow {
  return row;
}
