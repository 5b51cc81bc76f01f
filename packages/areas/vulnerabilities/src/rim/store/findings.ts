import { severities, type ProjectScope, type Severity } from "@rampart/kernel";
import { Prisma, type Tx } from "@rampart/database";
import type { FindingCounts, FindingFilter, FindingState, ListFindings } from "../../contract.ts";
import { textsOf } from "../../core/vendor-status.ts";
import type { FindingStore } from "../../ports.ts";
import { addMatches, applyPlans } from "./apply-findings.ts";
import {
  detailColumns,
  type DetailColumns,
  findingColumns,
  type FindingColumns,
  findingJoins,
  toFindingDetail,
  toFindingRow,
} from "./finding-rows.ts";
import { isInUse, listPlaces, setUse } from "./finding-use.ts";
import { listJudged } from "./list-judged.ts";
import { listEffects, listKnown, listWithCves } from "./list-known.ts";
import { namedFindings } from "./named-findings.ts";
import { allOf, containing, type Sql, when } from "./sql.ts";

export function findingStore(tx: Tx, { projectId }: ProjectScope, now: () => Date): FindingStore {
  const mine = Prisma.sql`f.project_id = ${projectId}::uuid`;
  return {
    addMatches: (matches, revision) => addMatches(tx, projectId, matches, revision),
    apply: (plans) => applyPlans(tx, projectId, plans, now()),
    listKnown: (resources, look) => listKnown(tx, projectId, resources, look),
    listWithCves: (asked) => listWithCves(tx, projectId, asked),
    listEffects: (resources) => listEffects(tx, projectId, resources),
    listPlaces: (resources, extent) => listPlaces(tx, projectId, resources, extent),
    setUse: (marks) => setUse(tx, projectId, marks),
    async list(asked) {
      const named = namedFindings(tx, projectId, asked, whereOf(projectId, { ...asked, search: undefined }));
      const where = whereOf(projectId, asked);
      const chosen =
        named === null
          ? Prisma.sql`${where} ${orderOf(asked)} limit ${asked.limit} offset ${asked.offset}`
          : Prisma.sql`${mine} and f.id = any(${[...(await named.listIds())]}::uuid[])`;
      const rows = await tx.$queryRaw<FindingColumns[]>`
        with page as materialized (select f.* from vulnerabilities_finding f where ${chosen})
        select ${findingColumns} from page f ${findingJoins} ${orderOf(asked)}`;
      // Of one package an index alone counts.
      const isByWord = named !== null && asked.search !== undefined;
      const total = isByWord ? await named.count() : await totalOf(tx, projectId, asked, where);
      return { rows: rows.map((row) => toFindingRow(row, now())), total };
    },
    async listAll(kind, ids, findingsMax) {
      const rows = await tx.$queryRaw<FindingColumns[]>`
        select ${findingColumns} from vulnerabilities_finding f ${findingJoins}
        where ${mine} and f.resource_kind = ${kind} and f.resource_id = any(${[...ids]}::text[])
        order by f.risk_score desc, f.id limit ${findingsMax}`;
      return rows.map((row) => toFindingRow(row, now()));
    },
    count: (asked) => countWhere(tx, whereOf(projectId, asked)),
    async find(id) {
      const [row] = await tx.$queryRaw<DetailColumns[]>`
        select ${findingColumns}, ${detailColumns} from vulnerabilities_finding f ${findingJoins}
        where ${mine} and f.id = ${id}::uuid`;
      return row === undefined ? null : toFindingDetail(row, now());
    },
    listJudged: (kind, findingsMax) => listJudged(tx, projectId, { kind, findingsMax, now: now() }),
    async listPackagesWithCves(cves, limit) {
      if (cves.length === 0) return [];
      return tx.$queryRaw<{ ecosystem: string; name: string }[]>`
        select distinct f.ecosystem, f.package_name as name from vulnerabilities_finding f
        where ${mine} and f.cve = any(${[...cves]}::text[]) limit ${limit}`;
    },
  };
}

function whereOf(projectId: string, asked: FindingFilter & { search?: string | undefined }): Sql {
  const ranks = (asked.severities ?? []).map((severity) => severities.indexOf(severity));
  return allOf([
    Prisma.sql`f.project_id = ${projectId}::uuid`,
    when(asked.resourceKind, (kind) => Prisma.sql`f.resource_kind = ${kind}`),
    when(asked.resourceId, (id) => Prisma.sql`f.resource_id = ${id}`),
    when(asked.cve, (cve) => Prisma.sql`f.cve = ${cve}`),
    ranks.length === 0 ? undefined : Prisma.sql`f.severity = any(${ranks}::smallint[])`,
    when(asked.fixable, (fixable) => Prisma.sql`f.is_fixable = ${fixable}`),
    when(asked.knownExploited, (known) => Prisma.sql`f.known_exploited = ${known}`),
    when(asked.packageName, (name) => Prisma.sql`f.package_name = ${name}`),
    when(asked.layer, (layer) => Prisma.sql`f.layer = ${layer}`),
    when(asked.effect, (effect) => Prisma.sql`f.effect = ${effect}`),
    when(asked.inUse, isInUse),
    when(asked.state, (state) => inState(projectId, state)),
    when(asked.search === "" ? undefined : asked.search, (word) => {
      // A project has far fewer matches than findings, so the words are looked for there.
      const pattern = containing(word);
      return Prisma.sql`f.match_id in (select w.id from vulnerabilities_match w
        where w.project_id = ${projectId}::uuid and (w.cve ilike ${pattern} or w.package_name ilike ${pattern}))`;
    }),
  ]);
}

/** A fix decides; without one it is the vendor's word, which is kept with the match. */
function inState(projectId: string, state: FindingState): Sql {
  if (state === "fixed") return Prisma.sql`f.is_fixable`;
  const others = [...textsOf("pending"), ...textsOf("will-not-fix")];
  const said =
    state === "affected"
      ? Prisma.sql`w.status <> all(${others}::text[])`
      : Prisma.sql`w.status = any(${[...textsOf(state)]}::text[])`;
  return Prisma.sql`not f.is_fixable and f.match_id in (select w.id from vulnerabilities_match w
    where w.project_id = ${projectId}::uuid and ${said})`;
}

/** What each sort means, its natural direction first: the worst or newest on top, names from A. */
const sortKeys: Readonly<Record<ListFindings["sort"], Readonly<{ keys: readonly Sql[]; worstFirst: boolean }>>> = {
  risk: { keys: [Prisma.sql`f.risk_score`], worstFirst: true },
  severity: { keys: [Prisma.sql`f.severity`, Prisma.sql`f.risk_score`], worstFirst: true },
  cve: { keys: [Prisma.sql`f.cve`], worstFirst: false },
  package: { keys: [Prisma.sql`f.package_name`], worstFirst: false },
  firstSeen: { keys: [Prisma.sql`f.first_seen_at`], worstFirst: true },
  epss: {
    keys: [Prisma.sql`coalesce((select e.epss from vulnerabilities_cve e where e.cve = f.cve), -1)`],
    worstFirst: true,
  },
  cvss: {
    keys: [
      Prisma.sql`coalesce((select s.cvss from vulnerabilities_match s
        where s.project_id = f.project_id and s.id = f.match_id), -1)`,
    ],
    worstFirst: true,
  },
};

function orderOf({ sort, reverse }: Pick<ListFindings, "sort" | "reverse">): Sql {
  const { keys, worstFirst } = sortKeys[sort];
  const direction = worstFirst === reverse ? Prisma.sql`asc` : Prisma.sql`desc`;
  // The id breaks ties in the direction of the index that serves the default order.
  const tie =
    worstFirst === reverse
      ? worstFirst
        ? Prisma.sql`desc`
        : Prisma.sql`asc`
      : worstFirst
        ? Prisma.sql`asc`
        : Prisma.sql`desc`;
  const ordered = keys.map((key) => Prisma.sql`${key} ${direction}`);
  return Prisma.sql`order by ${Prisma.join(ordered)}, f.id ${tie}`;
}

const perSeverity: Readonly<Record<Severity, Sql>> = {
  critical: Prisma.sql`critical`,
  high: Prisma.sql`high`,
  medium: Prisma.sql`medium`,
  low: Prisma.sql`low`,
  unknown: Prisma.sql`unknown`,
};

/** The summaries already know how many findings a resource or severity has; only finer filters count rows. */
async function totalOf(tx: Tx, projectId: string, asked: ListFindings, where: Sql): Promise<number> {
  const { cve, fixable, knownExploited, packageName, layer, effect, state, inUse, search } = asked;
  const isFiner = [cve, fixable, knownExploited, packageName, layer, effect, state, inUse, search].some(
    (value) => value !== undefined,
  );
  const [row] = isFiner
    ? await tx.$queryRaw<{ total: number }[]>`
        select count(*)::float8 as total from vulnerabilities_finding f where ${where}`
    : await tx.$queryRaw<{ total: number }[]>`
        select coalesce(sum(${countsOf(asked.severities ?? [])}), 0)::float8 as total from vulnerabilities_resource f
        where ${whereOf(projectId, { resourceKind: asked.resourceKind, resourceId: asked.resourceId })}`;
  return row?.total ?? 0;
}

function countsOf(asked: readonly Severity[]): Sql {
  const counted = asked.length === 0 ? severities : asked;
  return Prisma.join(
    [...new Set(counted)].map((severity) => perSeverity[severity]),
    " + ",
  );
}

type CountRow = {
  critical: number;
  high: number;
  medium: number;
  low: number;
  unknown: number;
  total: number;
  fixable: number;
  knownExploited: number;
};

async function countWhere(tx: Tx, where: Sql): Promise<FindingCounts> {
  const [row] = await tx.$queryRaw<CountRow[]>`
    select count(*)::float8 as total, count(*) filter (where f.severity = 4)::float8 as critical,
      count(*) filter (where f.severity = 3)::float8 as high, count(*) filter (where f.severity = 2)::float8 as medium,
      count(*) filter (where f.severity = 1)::float8 as low, count(*) filter (where f.severity = 0)::float8 as unknown,
      count(*) filter (where f.is_fixable)::float8 as fixable,
      count(*) filter (where f.known_exploited)::float8 as "knownExploited"
    from vulnerabilities_finding f where ${where}`;
  const {
    critical = 0,
    high = 0,
    medium = 0,
    low = 0,
    unknown = 0,
    total = 0,
    fixable = 0,
    knownExploited = 0,
  } = row ?? {};
  return { counts: { critical, high, medium, low, unknown }, total, fixable, knownExploited };
}
