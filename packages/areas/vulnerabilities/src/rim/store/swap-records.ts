import { Prisma, type Tx } from "@rampart/database";
import type { Swapped } from "../../ports.ts";
import type { StagedFile } from "./stage-records.ts";

type Swap = StagedFile & Readonly<{ revision: number; isDelta: boolean }>;

/**
 * Puts what was staged in place of what the file said before: only rows that differ are written, and the packages they
 * are about are noted. A delta leaves alone the records that it does not name.
 */
export async function swapRecords(tx: Tx, swap: Swap): Promise<Swapped> {
  const { importId, file } = swap;
  const changed = await noteChanges(tx, swap);
  await tx.$executeRaw`
    delete from vulnerabilities_affected a where a.file = ${file} and ${isNamed(swap, Prisma.sql`a.advisory_id`)}
      and not exists (select from vulnerabilities_staged_affected s where s.import_id = ${importId}::uuid
        and s.ecosystem = a.ecosystem and s.package_name = a.package_name and s.advisory_id = a.advisory_id)`;
  await tx.$executeRaw`
    insert into vulnerabilities_affected (ecosystem, package_name, advisory_id, file, ranges, versions, status, severity, hash)
    select ecosystem, package_name, advisory_id, ${file}, ranges, versions, status, severity, hash
    from vulnerabilities_staged_affected where import_id = ${importId}::uuid and ranges is not null
    on conflict (ecosystem, package_name, advisory_id, file) do update set ranges = excluded.ranges,
      versions = excluded.versions, status = excluded.status, severity = excluded.severity, hash = excluded.hash`;
  await swapAdvisories(tx, swap);
  return { changed, ...(await count(tx, file)) };
}

/** Every record for a whole feed; for a delta those that it brings or takes away. */
function isNamed({ importId, isDelta }: Swap, id: ReturnType<typeof Prisma.sql>) {
  if (!isDelta) return Prisma.sql`true`;
  return Prisma.sql`exists (select from vulnerabilities_staged_advisory n where n.import_id = ${importId}::uuid and n.id = ${id})`;
}

/**
 * Before anything is written: packages with a row that is new, different or gone, with every name that the changed
 * records give to flaws, before and after.
 */
async function noteChanges(tx: Tx, swap: Swap): Promise<number> {
  const { importId, file, revision } = swap;
  return tx.$executeRaw`
    insert into vulnerabilities_change (revision, ecosystem, name, flaws)
    select ${revision}::bigint, changed.ecosystem, changed.package_name, array_agg(distinct named.flaw) from (
      select ecosystem, package_name, advisory_id from vulnerabilities_staged_affected
      where import_id = ${importId}::uuid and ranges is not null
      union
      select a.ecosystem, a.package_name, a.advisory_id from vulnerabilities_affected a
      where a.file = ${file} and ${isNamed(swap, Prisma.sql`a.advisory_id`)}
        and not exists (select from vulnerabilities_staged_affected s where s.import_id = ${importId}::uuid
          and s.ecosystem = a.ecosystem and s.package_name = a.package_name and s.advisory_id = a.advisory_id)
    ) changed
    cross join lateral (
      select unnest(array[v.id] || v.aliases || v.cves) as flaw from vulnerabilities_staged_advisory v
      where v.import_id = ${importId}::uuid and v.id = changed.advisory_id
      union all
      select unnest(array[v.id] || v.aliases || v.cves) from vulnerabilities_advisory v
      where v.file = ${file} and v.id = changed.advisory_id
    ) named
    group by changed.ecosystem, changed.package_name on conflict do nothing`;
}

async function swapAdvisories(tx: Tx, { importId, file, isDelta }: Swap): Promise<void> {
  const isGone = isDelta
    ? Prisma.sql`exists (select from vulnerabilities_staged_advisory s
        where s.import_id = ${importId}::uuid and s.id = v.id and s.hash = '')`
    : Prisma.sql`not exists (select from vulnerabilities_staged_advisory s
        where s.import_id = ${importId}::uuid and s.id = v.id)`;
  await tx.$executeRaw`delete from vulnerabilities_advisory v where v.file = ${file} and ${isGone}`;
  await tx.$executeRaw`
    insert into vulnerabilities_advisory (id, file, modified_at, published_at, withdrawn_at, summary, aliases, cves, severity,
      cvss_vector, cvss_score, link, hash)
    select s.id, ${file}, s.modified_at, s.published_at, s.withdrawn_at, s.summary, s.aliases, s.cves, s.severity,
      s.cvss_vector, s.cvss_score, s.link, s.hash
    from vulnerabilities_staged_advisory s
    left join vulnerabilities_advisory v on v.id = s.id and v.file = ${file} and v.hash = s.hash
    where s.import_id = ${importId}::uuid and s.hash <> '' and v.id is null
    on conflict (id, file) do update set modified_at = excluded.modified_at, published_at = excluded.published_at,
      withdrawn_at = excluded.withdrawn_at, summary = excluded.summary, aliases = excluded.aliases, cves = excluded.cves,
      severity = excluded.severity, cvss_vector = excluded.cvss_vector, cvss_score = excluded.cvss_score,
      link = excluded.link, hash = excluded.hash`;
}

async function count(tx: Tx, file: string): Promise<Omit<Swapped, "changed">> {
  const [row] = await tx.$queryRaw<{ records: number; packages: number }[]>`
    select (select count(*) from vulnerabilities_advisory where file = ${file})::float8 as records,
      (select count(*) from (select distinct ecosystem, package_name from vulnerabilities_affected where file = ${file}) d)
      ::float8 as packages`;
  return { records: row?.records ?? 0, packages: row?.packages ?? 0 };
}
