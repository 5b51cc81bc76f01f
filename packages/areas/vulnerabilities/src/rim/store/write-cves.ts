import { Prisma, type Tx } from "@rampart/database";
import type { CveEntry } from "../../core/read-cve-entry.ts";
import type { CveColumn, FeedWriter } from "../../ports.ts";
import { batchesOf, type Sql } from "./sql.ts";

/** Rows read, cleared or noted by one statement. */
const batchRows = 20_000;

type Columns = Readonly<{
  /** The entries as a table `g`; arrays cost the server far less than JSON, and the largest table has 360,000 rows. */
  given: (entries: readonly CveEntry[]) => Sql;
  names: Sql;
  values: Sql;
  assign: Sql;
  /** True for a stored row about which the new one says something else. */
  differs: Sql;
  /** True when findings have to be graded anew because of the difference. */
  matters: Sql;
  isSet: Sql;
  clear: Sql;
}>;

const columns: Readonly<Record<CveColumn, Columns>> = {
  epss: {
    given: (entries) => Prisma.sql`unnest(${entries.map(({ cve }) => cve)}::text[],
      ${entries.map(({ epss }) => epss ?? 0)}::real[],
      ${entries.map(({ epssPercentile }) => epssPercentile ?? 0)}::real[]) as g (cve, epss, "epssPercentile")`,
    names: Prisma.sql`epss, epss_percentile`,
    values: Prisma.sql`g.epss, g."epssPercentile"`,
    assign: Prisma.sql`epss = excluded.epss, epss_percentile = excluded.epss_percentile`,
    differs: Prisma.sql`(c.epss, c.epss_percentile) is distinct from (g.epss, g."epssPercentile")`,
    matters: Prisma.sql`false`,
    isSet: Prisma.sql`epss is not null`,
    clear: Prisma.sql`epss = null, epss_percentile = null`,
  },
  kev: {
    given: (entries) => Prisma.sql`unnest(${entries.map(({ cve }) => cve)}::text[],
      ${entries.map(({ kev }) => JSON.stringify(kev ?? {}))}::text[]::jsonb[]) as g (cve, kev)`,
    names: Prisma.sql`kev, known_exploited`,
    values: Prisma.sql`g.kev, true`,
    assign: Prisma.sql`kev = excluded.kev, known_exploited = true`,
    differs: Prisma.sql`c.kev is distinct from g.kev`,
    matters: Prisma.sql`true`,
    isSet: Prisma.sql`known_exploited`,
    clear: Prisma.sql`kev = null, known_exploited = false`,
  },
  cvss: {
    given: (entries) => Prisma.sql`unnest(${entries.map(({ cve }) => cve)}::text[],
      ${entries.map(({ cvssVector }) => cvssVector ?? null)}::text[],
      ${entries.map(({ cvssScore }) => cvssScore ?? null)}::real[],
      ${entries.map(({ publishedAt }) => publishedAt ?? null)}::text[]::timestamptz[])
      as g (cve, "cvssVector", "cvssScore", "publishedAt")`,
    names: Prisma.sql`cvss_vector, cvss_score, published_at`,
    values: Prisma.sql`g."cvssVector", g."cvssScore", g."publishedAt"`,
    assign: Prisma.sql`cvss_vector = excluded.cvss_vector, cvss_score = excluded.cvss_score, published_at = excluded.published_at`,
    differs: Prisma.sql`(c.cvss_vector, c.cvss_score, c.published_at)
      is distinct from (g."cvssVector", g."cvssScore", g."publishedAt")`,
    matters: Prisma.sql`true`,
    isSet: Prisma.sql`(cvss_vector is not null or cvss_score is not null or published_at is not null)`,
    clear: Prisma.sql`cvss_vector = null, cvss_score = null, published_at = null`,
  },
  poc: {
    given: (entries) => Prisma.sql`unnest(${entries.map(({ cve }) => cve)}::text[],
      ${entries.map(({ proofs }) => proofs ?? 0)}::integer[]) as g (cve, proofs)`,
    names: Prisma.sql`proofs`,
    values: Prisma.sql`g.proofs`,
    assign: Prisma.sql`proofs = excluded.proofs`,
    differs: Prisma.sql`c.proofs is distinct from g.proofs`,
    matters: Prisma.sql`true`,
    isSet: Prisma.sql`proofs > 0`,
    clear: Prisma.sql`proofs = 0`,
  },
};

/** Writes one side table into its columns of the CVE rows. */
export function writeCves(tx: Tx, kind: CveColumn, revision: number): FeedWriter<CveEntry> {
  const { given, names, values, assign, differs, matters } = columns[kind];
  const seen = new Set<string>();
  let changed = 0;
  return {
    async put(entries) {
      const rows = new Map(entries.filter(({ cve }) => !seen.has(cve)).map((entry) => [entry.cve, entry]));
      for (const cve of rows.keys()) seen.add(cve);
      changed += await tx.$executeRaw`
        with written as (
          insert into vulnerabilities_cve (cve, ${names})
          select g.cve, ${values}
          from ${given([...rows.values()])}
          left join vulnerabilities_cve c on c.cve = g.cve where c.cve is null or ${differs}
          on conflict (cve) do update set ${assign}
          returning cve
        )
        insert into vulnerabilities_change (revision, ecosystem, name)
        select ${revision}::bigint, '', cve from written where ${matters} on conflict do nothing`;
    },
    async finish() {
      changed += await clearRest(tx, kind, revision, seen);
      return { changed, packages: 0 };
    },
  };
}

/** Clears the columns of CVEs that the file no longer names. */
async function clearRest(tx: Tx, kind: CveColumn, revision: number, seen: ReadonlySet<string>): Promise<number> {
  const { isSet, clear, matters } = columns[kind];
  const gone: string[] = [];
  for (let after = ""; ;) {
    const rows = await tx.$queryRaw<{ cve: string }[]>`
      select cve from vulnerabilities_cve where ${isSet} and cve > ${after} order by cve limit ${batchRows}`;
    gone.push(...rows.map(({ cve }) => cve).filter((cve) => !seen.has(cve)));
    const last = rows.at(-1);
    if (rows.length < batchRows || last === undefined) break;
    after = last.cve;
  }
  for (const batch of batchesOf(gone, batchRows)) {
    await tx.$executeRaw`
      with cleared as (
        update vulnerabilities_cve set ${clear} where cve = any(${[...batch]}::text[]) returning cve
      )
      insert into vulnerabilities_change (revision, ecosystem, name)
      select ${revision}::bigint, '', cve from cleared where ${matters} on conflict do nothing`;
  }
  return gone.length;
}
