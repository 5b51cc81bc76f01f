import { createHash } from "node:crypto";
import type { Tx } from "@rampart/database";
import type { Affected } from "../../core/advisory.ts";
import type { ReadRecord } from "../../core/read-record.ts";
import { asRows, batchesOf } from "./sql.ts";

/** Rows written by one statement. */
const batchRows = 5_000;

export type StagedFile = Readonly<{ importId: string; file: string }>;

type AffectedRow = Affected & Readonly<{ hash: string }>;

/**
 * Writes records beside those in force. What a record says about a package as before is noted by its key alone, so that
 * an update of a large feed writes little.
 */
export async function stageRecords(tx: Tx, staged: StagedFile, records: readonly ReadRecord[]): Promise<void> {
  await stageAdvisories(tx, staged.importId, records);
  const rows = new Map(records.flatMap(toRows).map((row) => [affectedKey(row), row]));
  for (const batch of batchesOf([...rows.values()], batchRows)) await stageAffected(tx, staged, batch);
}

const affectedKey = ({ ecosystem, packageName, advisoryId }: Affected) =>
  [ecosystem, packageName, advisoryId].join("\u0000");

function hashOf(content: unknown): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("base64url").slice(0, 22);
}

/** When a record was touched says nothing about the flaw. */
function contentOf({ advisory: { modifiedAt: _, ...content } }: ReadRecord): object {
  return content;
}

/** One row per package; a record that names a package twice means both. */
function toRows(record: ReadRecord): readonly AffectedRow[] {
  const merged = new Map<string, Affected>();
  for (const entry of record.affected) {
    const key = affectedKey(entry);
    const first = merged.get(key);
    merged.set(key, first === undefined ? entry : joinEntries(first, entry));
  }
  const content = contentOf(record);
  return [...merged.values()].map((entry) => ({ ...entry, hash: hashOf([content, entry]) }));
}

function joinEntries(first: Affected, second: Affected): Affected {
  const ranges = [...first.ranges, ...second.ranges];
  const versions = [...first.versions, ...second.versions];
  return { ...first, ranges, versions, isNeverAffected: first.isNeverAffected && second.isNeverAffected };
}

async function stageAdvisories(tx: Tx, importId: string, records: readonly ReadRecord[]): Promise<void> {
  const rows = new Map(
    records.map((record) => [record.advisory.id, { ...record.advisory, hash: hashOf(contentOf(record)) }]),
  );
  await tx.$executeRaw`
    insert into vulnerabilities_staged_advisory (import_id, id, modified_at, published_at, withdrawn_at, summary, aliases,
      cves, severity, cvss_vector, cvss_score, link, hash)
    select ${importId}::uuid, id, "modifiedAt", "publishedAt", "withdrawnAt", summary, aliases, cves, severity, "cvssVector",
      "cvssScore", link, hash
    from jsonb_to_recordset(${asRows([...rows.values()])}::jsonb) as given (id text, "modifiedAt" timestamptz,
      "publishedAt" timestamptz, "withdrawnAt" timestamptz, summary text, aliases text[], cves text[], severity text,
      "cvssVector" text, "cvssScore" real, link text, hash text)
    on conflict (import_id, id) do update set modified_at = excluded.modified_at, published_at = excluded.published_at,
      withdrawn_at = excluded.withdrawn_at, summary = excluded.summary, aliases = excluded.aliases, cves = excluded.cves,
      severity = excluded.severity, cvss_vector = excluded.cvss_vector, cvss_score = excluded.cvss_score,
      link = excluded.link, hash = excluded.hash`;
}

async function stageAffected(tx: Tx, { importId, file }: StagedFile, rows: readonly AffectedRow[]): Promise<void> {
  await tx.$executeRaw`
    insert into vulnerabilities_staged_affected (import_id, ecosystem, package_name, advisory_id, ranges, versions, status,
      severity, hash)
    select ${importId}::uuid, g.ecosystem, g."packageName", g."advisoryId", case when a.hash is null then g.ranges end,
      case when a.hash is null then g.versions end, g.status, g.severity, g.hash
    from jsonb_to_recordset(${asRows(rows)}::jsonb) as g (ecosystem text, "packageName" text, "advisoryId" text,
      ranges jsonb, versions text[], status text, severity text, hash text)
    left join vulnerabilities_affected a on a.ecosystem = g.ecosystem and a.package_name = g."packageName"
      and a.advisory_id = g."advisoryId" and a.file = ${file} and a.hash = g.hash
    on conflict (import_id, ecosystem, package_name, advisory_id) do update set ranges = excluded.ranges,
      versions = excluded.versions, status = excluded.status, severity = excluded.severity, hash = excluded.hash`;
}

/** Notes records that a delta takes away. */
export async function stageRemoved(tx: Tx, importId: string, ids: readonly string[]): Promise<void> {
  for (const batch of batchesOf(ids, batchRows)) {
    await tx.$executeRaw`
      insert into vulnerabilities_staged_advisory (import_id, id, hash)
      select ${importId}::uuid, id, '' from unnest(${[...batch]}::text[]) as given (id)
      on conflict (import_id, id) do nothing`;
  }
}
