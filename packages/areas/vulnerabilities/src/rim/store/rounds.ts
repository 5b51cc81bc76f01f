import type { ProjectScope } from "@rampart/kernel";
import { Prisma, type Tx } from "@rampart/database";
import type { ComparisonRound } from "../../contract.ts";
import type { OpenRound, RoundStore } from "../../ports.ts";
import { toInstantOrNull } from "./sql.ts";

/** Rounds that are remembered; what came of an older one is told by every later one too. */
const roundsKept = 100;

type Row = {
  revision: number;
  resources: number;
  done: number;
  compared: number;
  failed: number;
  startedAt: Date;
  finishedAt: Date | null;
};

export function roundStore(tx: Tx, { projectId }: ProjectScope): RoundStore {
  const mine = Prisma.sql`project_id = ${projectId}::uuid`;
  return {
    async lock() {
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`round ${projectId}`}, 4))`;
    },
    async findOpen() {
      const [row] = await tx.$queryRaw<OpenRound[]>`
        select revision::float8 as revision, since_revision::float8 as since, whole, position::float8 as position
        from vulnerabilities_round where ${mine} and finished_at is null order by revision limit 1`;
      return row ?? null;
    },
    async open({ revision, since, whole }, resources, at) {
      await tx.$executeRaw`
        insert into vulnerabilities_round (project_id, revision, since_revision, whole, resources, done, compared, failed,
          position, started_at)
        values (${projectId}::uuid, ${revision}, ${since}, ${whole}, ${resources}, 0, 0, 0, 0, ${at})`;
      await tx.$executeRaw`
        delete from vulnerabilities_round where ${mine} and revision < (
          select min(revision) from (select revision from vulnerabilities_round where ${mine}
            order by revision desc limit ${roundsKept}) kept)`;
    },
    async advance({ revision, position }, { next, holders, compared, failed }, at) {
      const finished = next === null ? at : null;
      const moved = await tx.$executeRaw`
        update vulnerabilities_round set position = coalesce(${next}::bigint, position), done = done + ${holders},
          compared = compared + ${compared}, failed = failed + ${failed}, finished_at = ${finished}::timestamptz,
          resources = case when ${next === null} then done + ${holders} else greatest(resources, done + ${holders}) end
        where ${mine} and revision = ${revision} and position = ${position} and finished_at is null`;
      return moved > 0;
    },
    async findLast() {
      const [row] = await tx.$queryRaw<Row[]>`
        select revision::float8 as revision, resources, done, compared, failed, started_at as "startedAt",
          finished_at as "finishedAt"
        from vulnerabilities_round where ${mine} order by revision desc limit 1`;
      return row === undefined ? null : toRound(row);
    },
  };
}

function toRound({ startedAt, finishedAt, ...row }: Row): ComparisonRound {
  return { ...row, startedAt: startedAt.toISOString(), finishedAt: toInstantOrNull(finishedAt) };
}
