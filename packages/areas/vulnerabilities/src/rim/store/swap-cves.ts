import { Prisma, type Tx } from "@rampart/database";
import type { CveEntry } from "../../core/read-cve-entry.ts";
import type { CveColumn, Swapped } from "../../ports.ts";
import type { Sql } from "./sql.ts";

type Columns = Readonly<{
  /** The columns of this kind, in both tables. */
  names: readonly string[];
  /** The entries as rows of `cve` and these columns; arrays cost the server far less than JSON. */
  given(entries: readonly CveEntry[]): Sql;
  /** What the columns hold when no feed names the CVE. */
  cleared: readonly string[];
  /** True when findings have to be graded anew because of a difference. */
  matters: boolean;
}>;

type Column = readonly (string | number | boolean | null)[];

const text = (column: Column) => Prisma.sql`${[...column]}::text[]`;
const real = (column: Column) => Prisma.sql`${[...column]}::real[]`;
const instants = (column: Column) => Prisma.sql`${[...column]}::text[]::timestamptz[]`;

const columns: Readonly<Record<CveColumn, Columns>> = {
  epss: {
    names: ["epss", "epss_percentile"],
    given: (entries) => Prisma.sql`unnest(${text(entries.map(({ cve }) => cve))},
      ${real(entries.map(({ epss }) => epss ?? 0))}, ${real(entries.map(({ epssPercentile }) => epssPercentile ?? 0))})`,
    cleared: ["null", "null"],
    matters: false,
  },
  kev: {
    names: ["known_exploited", "kev"],
    given: (entries) => Prisma.sql`unnest(${text(entries.map(({ cve }) => cve))},
      ${entries.map(() => true)}::boolean[], ${entries.map(({ kev }) => JSON.stringify(kev ?? {}))}::text[]::jsonb[])`,
    cleared: ["false", "null"],
    matters: true,
  },
  cvss: {
    names: ["cvss_vector", "cvss_score", "published_at"],
    given: (entries) => Prisma.sql`unnest(${text(entries.map(({ cve }) => cve))},
      ${text(entries.map(({ cvssVector }) => cvssVector ?? null))}, ${real(entries.map(({ cvssScore }) => cvssScore ?? null))},
      ${instants(entries.map(({ publishedAt }) => publishedAt ?? null))})`,
    cleared: ["null", "null", "null"],
    matters: true,
  },
  nvd: {
    names: ["nvd_vector", "nvd_score", "nvd_published_at", "is_rejected", "cwes"],
    given: (entries) => Prisma.sql`(select cve, vector, score, published, rejected,
      case when cwes = '' then '{}' else string_to_array(cwes, ' ') end
      from unnest(${text(entries.map(({ cve }) => cve))}, ${text(entries.map(({ nvdVector }) => nvdVector ?? null))},
        ${real(entries.map(({ nvdScore }) => nvdScore ?? null))},
        ${instants(entries.map(({ nvdPublishedAt }) => nvdPublishedAt ?? null))},
        ${entries.map(({ isRejected }) => isRejected ?? false)}::boolean[],
        ${text(entries.map(({ cwes }) => (cwes ?? []).join(" ")))})
        as u (cve, vector, score, published, rejected, cwes))`,
    cleared: ["null", "null", "null", "false", "'{}'"],
    matters: true,
  },
  poc: {
    names: ["proofs"],
    given: (entries) => Prisma.sql`unnest(${text(entries.map(({ cve }) => cve))},
      ${entries.map(({ proofs }) => proofs ?? 0)}::integer[])`,
    cleared: ["0"],
    matters: true,
  },
  exploits: {
    names: ["exploits"],
    given: (entries) => Prisma.sql`unnest(${text(entries.map(({ cve }) => cve))},
      ${entries.map(({ exploits }) => exploits ?? 0)}::integer[])`,
    cleared: ["0"],
    matters: true,
  },
};

/** Column names are ours, never a feed's. */
const list = (names: readonly string[], prefix = "") => Prisma.raw(names.map((name) => prefix + name).join(", "));

/** Writes entries of a side table beside those in force. */
export async function stageCves(
  tx: Tx,
  importId: string,
  kind: CveColumn,
  entries: readonly CveEntry[],
): Promise<void> {
  const { names, given } = columns[kind];
  const rows = new Map(entries.map((entry) => [entry.cve, entry]));
  await tx.$executeRaw`
    insert into vulnerabilities_staged_cve (import_id, cve, ${list(names)})
    select ${importId}::uuid, g.* from ${given([...rows.values()])} as g (cve, ${list(names)})
    on conflict (import_id, cve) do update set ${assign(names, "excluded.")}`;
}

const assign = (names: readonly string[], from: string) =>
  Prisma.raw(names.map((name) => `${name} = ${from}${name}`).join(", "));

type Swap = Readonly<{ importId: string; kind: CveColumn; revision: number; isDelta: boolean }>;

/** Puts a staged side table in place of the columns that it fills; CVEs that it no longer names are cleared. */
export async function swapCves(tx: Tx, { importId, kind, revision, isDelta }: Swap): Promise<Swapped> {
  const { names, cleared, matters } = columns[kind];
  const unnamed = isDelta
    ? Prisma.sql`exists (select from vulnerabilities_staged_advisory s
        where s.import_id = ${importId}::uuid and s.id = c.cve and s.hash = '')`
    : Prisma.sql`not exists (
        select from vulnerabilities_staged_cve s where s.import_id = ${importId}::uuid and s.cve = c.cve)`;
  const empty = Prisma.raw(`(${names.map((name) => `c.${name}`).join(", ")}) is distinct from (${cleared.join(", ")})`);
  const removed = await tx.$executeRaw`
    with cleared as (
      update vulnerabilities_cve c set ${Prisma.raw(names.map((name, index) => `${name} = ${cleared[index]}`).join(", "))}
      where ${empty} and ${unnamed} returning cve
    ), noted as (${note(Prisma.sql`cleared`, revision, matters)})
    select 1 from cleared`;
  const written = await tx.$executeRaw`
    with written as (
      insert into vulnerabilities_cve (cve, ${list(names)})
      select s.cve, ${list(names, "s.")} from vulnerabilities_staged_cve s
      left join vulnerabilities_cve c on c.cve = s.cve
      where s.import_id = ${importId}::uuid
        and (c.cve is null or (${list(names, "c.")}) is distinct from (${list(names, "s.")}))
      on conflict (cve) do update set ${assign(names, "excluded.")}
      returning cve
    ), noted as (${note(Prisma.sql`written`, revision, matters)})
    select 1 from written`;
  const [row] = await tx.$queryRaw<{ records: number }[]>`
    select count(*)::float8 as records from vulnerabilities_cve c where ${empty}`;
  return { changed: removed + written, records: row?.records ?? 0, packages: 0 };
}

function note(changed: Sql, revision: number, matters: boolean): Sql {
  return Prisma.sql`insert into vulnerabilities_change (revision, ecosystem, name)
    select ${revision}::bigint, '', cve from ${changed} where ${matters} on conflict do nothing returning 1`;
}
