import { Prisma, type Tx } from "@rampart/database";
import type { Severity } from "@rampart/kernel";
import type { Affected, AffectedRange } from "../../core/advisory.ts";
import { isNeverAffected } from "../../core/in-range.ts";
import type { CveEntry } from "../../core/read-cve-entry.ts";
import type { ReadRecord } from "../../core/read-record.ts";
import type { CveColumn } from "../../ports.ts";
import { toInstantOrNull } from "./sql.ts";

type AffectedRow = {
  ecosystem: string;
  packageName: string;
  ranges: AffectedRange[];
  versions: string[];
  status: string | null;
  severity: Severity | null;
};

type RecordRow = {
  id: string;
  modifiedAt: Date;
  publishedAt: Date | null;
  withdrawnAt: Date | null;
  summary: string;
  aliases: string[];
  cves: string[];
  severity: Severity | null;
  cvssVector: string | null;
  cvssScore: number | null;
  link: string | null;
  affected: AffectedRow[] | null;
};

/** Records of one source as they are stored. */
export async function pageRecords(
  tx: Tx,
  { file, after, limit }: Readonly<{ file: string; after: string; limit: number }>,
): Promise<readonly ReadRecord[]> {
  const rows = await tx.$queryRaw<RecordRow[]>`
    select v.id, v.modified_at as "modifiedAt", v.published_at as "publishedAt", v.withdrawn_at as "withdrawnAt", v.summary,
      v.aliases, v.cves, v.severity, v.cvss_vector as "cvssVector", v.cvss_score::float8 as "cvssScore", v.link, a.affected
    from (
      select * from vulnerabilities_advisory where file = ${file} and id > ${after} order by id limit ${limit}) v
    left join lateral (
      select json_agg(json_build_object('ecosystem', ecosystem, 'packageName', package_name, 'ranges', ranges,
        'versions', versions, 'status', status, 'severity', severity) order by ecosystem, package_name) as affected
      from vulnerabilities_affected where advisory_id = v.id and file = v.file) a on true
    order by v.id`;
  return rows.map((row) => toRecord(row, file));
}

function toRecord(row: RecordRow, file: string): ReadRecord {
  const { id, modifiedAt, publishedAt, withdrawnAt, summary, aliases, cves, severity, cvssVector, cvssScore, link } =
    row;
  return {
    advisory: {
      id,
      source: file,
      modifiedAt: modifiedAt.toISOString(),
      summary,
      aliases,
      cves,
      ...present({
        publishedAt: toInstantOrNull(publishedAt),
        withdrawnAt: toInstantOrNull(withdrawnAt),
        severity,
        cvssVector,
        cvssScore: roundScore(cvssScore),
        link,
      }),
    },
    affected: (row.affected ?? []).map((one) => toAffected(one, id, file)),
  };
}

function toAffected({ status, severity, ...row }: AffectedRow, advisoryId: string, source: string): Affected {
  return { advisoryId, source, ...row, isNeverAffected: isNeverAffected(row), ...present({ status, severity }) };
}

type Present<Row> = { [Key in keyof Row]?: Exclude<Row[Key], null> };

function present<Row extends Readonly<Record<string, unknown>>>(row: Row): Present<Row> {
  // Only entries that are not null are kept, which is what the type says.
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Present<Row>;
}

/** A four-byte number comes back with the noise of its last bits. */
function roundScore(score: number | null): number | null {
  return score === null ? null : Math.round(score * 10) / 10;
}

type CveRow = {
  cve: string;
  epss: number | null;
  epssPercentile: number | null;
  kev: Readonly<Record<string, unknown>> | null;
  proofs: number;
  exploits: number;
  cvssVector: string | null;
  cvssScore: number | null;
  publishedAt: Date | null;
  nvdVector: string | null;
  nvdScore: number | null;
  nvdPublishedAt: Date | null;
  cwes: string[];
  isRejected: boolean;
};

const filled: Readonly<Record<CveColumn, ReturnType<typeof Prisma.sql>>> = {
  epss: Prisma.sql`epss is not null`,
  kev: Prisma.sql`known_exploited`,
  cvss: Prisma.sql`(cvss_vector is not null or cvss_score is not null or published_at is not null)`,
  nvd: Prisma.sql`(nvd_vector is not null or nvd_score is not null or nvd_published_at is not null or is_rejected)`,
  poc: Prisma.sql`proofs > 0`,
  exploits: Prisma.sql`exploits > 0`,
};

/** Entries of one side table as they are stored. */
export async function pageCves(
  tx: Tx,
  { kind, after, limit }: Readonly<{ kind: CveColumn; after: string; limit: number }>,
): Promise<readonly CveEntry[]> {
  const rows = await tx.$queryRaw<CveRow[]>`
    select cve, epss::text::float8 as epss, epss_percentile::text::float8 as "epssPercentile", kev, proofs, exploits,
      cvss_vector as "cvssVector", cvss_score::text::float8 as "cvssScore", published_at as "publishedAt",
      nvd_vector as "nvdVector", nvd_score::text::float8 as "nvdScore", nvd_published_at as "nvdPublishedAt", cwes,
      is_rejected as "isRejected"
    from vulnerabilities_cve where ${filled[kind]} and cve > ${after} order by cve limit ${limit}`;
  return rows.map((row) => toEntry(kind, row));
}

function toEntry(kind: CveColumn, row: CveRow): CveEntry {
  const { cve } = row;
  switch (kind) {
    case "epss":
      return { cve, epss: row.epss ?? 0, epssPercentile: row.epssPercentile ?? 0 };
    case "kev":
      return { cve, kev: row.kev ?? {} };
    case "poc":
      return { cve, proofs: row.proofs };
    case "exploits":
      return { cve, exploits: row.exploits };
    case "cvss": {
      const { cvssVector, cvssScore, publishedAt } = row;
      return { cve, cvssVector, cvssScore, publishedAt: toInstantOrNull(publishedAt) };
    }
    case "nvd": {
      const { nvdVector, nvdScore, nvdPublishedAt, cwes, isRejected } = row;
      return { cve, nvdVector, nvdScore, nvdPublishedAt: toInstantOrNull(nvdPublishedAt), cwes, isRejected };
    }
  }
}
