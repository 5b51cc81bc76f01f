import { Prisma, type Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import { defenderStates, type CategoryCount, type DefenderSummary, type ListDefenders } from "../../contract.ts";
import type { DefenderIdentity, FleetStores } from "../../ports.ts";
import { DefenderFacts } from "../defender-facts.ts";
import { certificateStore } from "./certificates.ts";
import {
  defenderColumns,
  defenderTables,
  stateSql,
  toDefenderDetail,
  toDefenderRow,
  type RawDefender,
} from "./defender-rows.ts";

const namesMax = 5_000;
const announcedAtOnceMax = 1_000;

const sortColumns: Readonly<Record<ListDefenders["sort"], Prisma.Sql>> = {
  hostname: Prisma.sql`d.hostname`,
  version: Prisma.sql`d.version`,
  lastSeenAt: Prisma.sql`c.seen_at`,
  enrolledAt: Prisma.sql`d.enrolled_at`,
};

export function defenderStore(tx: Tx, scope: ProjectScope): FleetStores["defenders"] {
  const { projectId } = scope;
  const update = async (id: string, data: Prisma.FleetDefenderUpdateInput) => {
    await tx.fleetDefender.update({ where: { projectId_id: { projectId, id } }, data });
  };
  return {
    ...readingStore(tx, scope),
    ...announcingStore(tx, scope),
    async findForUpdate(id) {
      const rows = await tx.$queryRaw<DefenderIdentity[]>`
        select id, hostname, retired_at as "retiredAt" from fleet_defender
        where project_id = ${projectId}::uuid and id = ${id}::uuid for update`;
      return rows[0] ?? null;
    },
    async findAway(machineId, now) {
      const rows = await tx.$queryRaw<{ id: string }[]>`
        select d.id from ${defenderTables}
        where d.project_id = ${projectId}::uuid and d.machine_id = ${machineId} and d.retired_at is null
          and (c.lease_until is null or c.lease_until <= ${now})
        order by d.enrolled_at desc limit 1`;
      return rows[0]?.id ?? null;
    },
    async enrol({ id, hostname, machineId, version, at }) {
      const row = { hostname, machineId, version, enrolledAt: at };
      await tx.fleetDefender.upsert({
        where: { projectId_id: { projectId, id } },
        create: { projectId, id, ...row, stateSince: at },
        update: row,
      });
    },
    retire: (id, retiredAt) => update(id, { retiredAt, stateSince: retiredAt }),
    saveHello: (id, hello) =>
      update(id, {
        hostname: hello.hostname,
        version: hello.defenderVersion,
        facts: DefenderFacts.parse(hello),
        policyHash: hello.policyHash,
      }),
    savePolicyOutcome: (id, policyHash, policyProblem) => update(id, { policyHash, policyProblem }),
  };
}

type Reading = Pick<
  FleetStores["defenders"],
  "list" | "find" | "findByHostname" | "listNames" | "count" | "countByCategory"
>;

function readingStore(tx: Tx, scope: ProjectScope): Reading {
  const { projectId } = scope;
  return {
    async list(asked, now) {
      const where = whereSql(projectId, asked, now);
      const [counted] = await tx.$queryRaw<
        { total: bigint }[]
      >`select count(*) as total from ${defenderTables} ${where}`;
      const direction = asked.reverse ? Prisma.sql`desc nulls last` : Prisma.sql`asc nulls first`;
      const rows = await tx.$queryRaw<RawDefender[]>`
        select ${defenderColumns(now)} from ${defenderTables} ${where}
        order by ${sortColumns[asked.sort]} ${direction}, d.id limit ${asked.limit} offset ${asked.offset}`;
      return { total: Number(counted?.total ?? 0), rows: rows.map(toDefenderRow) };
    },
    async find(id, now) {
      const [raw] = await tx.$queryRaw<RawDefender[]>`
        select ${defenderColumns(now)} from ${defenderTables}
        where d.project_id = ${projectId}::uuid and d.id = ${id}::uuid`;
      return raw === undefined ? null : toDefenderDetail(raw, [...(await certificateStore(tx, scope).list(id))]);
    },
    async findByHostname(hostname) {
      const rows = await tx.fleetDefender.findMany({
        where: { projectId, hostname, retiredAt: null },
        select: { id: true },
        take: namesMax,
      });
      return rows.map((row) => row.id);
    },
    async listNames() {
      const rows = await tx.fleetDefender.findMany({
        where: { projectId, retiredAt: null },
        distinct: ["hostname"],
        orderBy: { hostname: "asc" },
        select: { hostname: true },
        take: namesMax,
      });
      return rows.map((row) => row.hostname);
    },
    async count(now) {
      const rows = await tx.$queryRaw<{ state: keyof DefenderSummary; total: bigint }[]>`
        select ${stateSql(now)} as state, count(*) as total from ${defenderTables}
        where d.project_id = ${projectId}::uuid group by 1`;
      const none: DefenderSummary = { connected: 0, stale: 0, disconnected: 0, retired: 0 };
      return rows.reduce((summary, { state, total }) => ({ ...summary, [state]: Number(total) }), none);
    },
    async countByCategory(now) {
      const rows = await tx.$queryRaw<{ category: CategoryCount["category"]; deployed: bigint; connected: bigint }[]>`
        select case when ${engineSql} = 'none' then 'host' else 'container' end as category,
          count(*) as deployed, count(*) filter (where ${stateSql(now)} = 'connected') as connected
        from ${defenderTables} where d.project_id = ${projectId}::uuid and d.retired_at is null group by 1 order by 1`;
      return rows.map(({ category, deployed, connected }) => ({
        category,
        deployed: Number(deployed),
        connected: Number(connected),
      }));
    },
  };
}

/** Kind of the container engine on the host of Defender `d`. */
const engineSql = Prisma.sql`coalesce(d.facts #>> '{engine,kind}', 'none')`;

type Announcing = Pick<FleetStores["defenders"], "announceConnected" | "announceDisconnected">;

function announcingStore(tx: Tx, { projectId }: ProjectScope): Announcing {
  return {
    announceConnected: (ids, at) => tx.$queryRaw<DefenderIdentity[]>`
      update fleet_defender set announced = 'connected', state_since = ${at}
      where project_id = ${projectId}::uuid and id = any(${[...ids]}::uuid[])
        and announced = 'disconnected' and retired_at is null
      returning id, hostname, retired_at as "retiredAt"`,
    announceDisconnected: (leaseBefore, at) => tx.$queryRaw<DefenderIdentity[]>`
      update fleet_defender d set announced = 'disconnected', state_since = ${at}
      where d.project_id = ${projectId}::uuid and d.id in (
        select w.id from fleet_defender w
        left join fleet_connection c on c.project_id = w.project_id and c.defender_id = w.id
        where w.project_id = ${projectId}::uuid and w.announced = 'connected'
          and (c.lease_until is null or c.lease_until < ${leaseBefore})
        order by w.id limit ${announcedAtOnceMax} for update of w skip locked)
      returning d.id, d.hostname, d.retired_at as "retiredAt"`,
  };
}

function whereSql(projectId: string, asked: ListDefenders, now: Date): Prisma.Sql {
  const states = asked.states ?? defenderStates.filter((state) => state !== "retired");
  const conditions = [
    Prisma.sql`d.project_id = ${projectId}::uuid`,
    Prisma.sql`${stateSql(now)} = any(${[...states]}::text[])`,
  ];
  if (asked.hostnames !== undefined) conditions.push(Prisma.sql`d.hostname = any(${asked.hostnames}::text[])`);
  if (asked.versions !== undefined) conditions.push(Prisma.sql`d.version = any(${asked.versions}::text[])`);
  if (asked.engines !== undefined) conditions.push(Prisma.sql`${engineSql} = any(${asked.engines}::text[])`);
  if (asked.search !== undefined && asked.search !== "") {
    const pattern = `%${asked.search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    conditions.push(Prisma.sql`(d.hostname ilike ${pattern} or d.version ilike ${pattern})`);
  }
  return Prisma.sql`where ${Prisma.join(conditions, " and ")}`;
}
