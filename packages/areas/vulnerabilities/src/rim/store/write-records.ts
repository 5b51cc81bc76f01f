import { createHash } from "node:crypto";
import type { Tx } from "@rampart/database";
import type { Affected } from "../../core/advisory.ts";
import type { ReadRecord } from "../../core/read-record.ts";
import type { FeedWriter } from "../../ports.ts";
import { asRows, batchesOf } from "./sql.ts";

/** Rows removed or noted by one statement. */
const batchRows = 5_000;

/** What the file said before: hashes by key. Whatever is left at the end is no longer in the file. */
type Before = Readonly<{ advisories: Map<string, string>; affected: Map<string, string> }>;

type AffectedRow = Affected & Readonly<{ hash: string }>;
type Tally = { changed: Set<string>; packages: Set<string> };
type Writing = Readonly<{ file: string; before: Before; tally: Tally }>;

const separator = "\u0000";
const affectedKey = ({ ecosystem, packageName, advisoryId }: Affected) =>
  [ecosystem, packageName, advisoryId].join(separator);
const packageOf = (key: string) => key.slice(0, key.lastIndexOf(separator));

/** Writes only what differs from what the file said before, so that an update of a large feed touches few rows. */
export async function writeRecords(tx: Tx, file: string, revision: number): Promise<FeedWriter<ReadRecord>> {
  const before = await readBefore(tx, file);
  const tally: Tally = { changed: new Set(), packages: new Set() };
  return {
    async put(records) {
      await putAdvisories(tx, file, records, before.advisories);
      await putAffected(tx, { file, before, tally }, records.flatMap(toRows));
    },
    async finish() {
      await removeRest(tx, file, before, tally);
      await noteChanges(tx, revision, tally.changed);
      return { changed: tally.changed.size, packages: tally.packages.size };
    },
  };
}

async function readBefore(tx: Tx, file: string): Promise<Before> {
  const advisories = await tx.$queryRaw<{ id: string; hash: string }[]>`
    select id, hash from vulnerabilities_advisory where file = ${file}`;
  const affected = await tx.$queryRaw<{ key: string; hash: string }[]>`
    select concat_ws(chr(1), ecosystem, package_name, advisory_id) as key, hash from vulnerabilities_affected where file = ${file}`;
  return {
    advisories: new Map(advisories.map(({ id, hash }) => [id, hash])),
    affected: new Map(affected.map(({ key, hash }) => [key.replaceAll("\u0001", separator), hash])),
  };
}

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

async function putAdvisories(
  tx: Tx,
  file: string,
  records: readonly ReadRecord[],
  before: Map<string, string>,
): Promise<void> {
  const rows = new Map<string, object>();
  for (const record of records) {
    const { advisory } = record;
    const hash = hashOf(contentOf(record));
    if (before.get(advisory.id) !== hash) rows.set(advisory.id, { ...advisory, hash });
    before.delete(advisory.id);
  }
  if (rows.size === 0) return;
  await tx.$executeRaw`
    insert into vulnerabilities_advisory (id, file, modified_at, published_at, withdrawn_at, summary, aliases, cves, severity,
      cvss_vector, cvss_score, link, hash)
    select id, ${file}, "modifiedAt", "publishedAt", "withdrawnAt", summary, aliases, cves, severity, "cvssVector", "cvssScore",
      link, hash
    from jsonb_to_recordset(${asRows([...rows.values()])}::jsonb) as given (id text, "modifiedAt" timestamptz,
      "publishedAt" timestamptz, "withdrawnAt" timestamptz, summary text, aliases text[], cves text[], severity text,
      "cvssVector" text, "cvssScore" real, link text, hash text)
    on conflict (id, file) do update set modified_at = excluded.modified_at, published_at = excluded.published_at,
      withdrawn_at = excluded.withdrawn_at, summary = excluded.summary, aliases = excluded.aliases, cves = excluded.cves,
      severity = excluded.severity, cvss_vector = excluded.cvss_vector, cvss_score = excluded.cvss_score,
      link = excluded.link, hash = excluded.hash`;
}

async function putAffected(tx: Tx, { file, before, tally }: Writing, rows: readonly AffectedRow[]): Promise<void> {
  const fresh = new Map<string, AffectedRow>();
  for (const row of rows) {
    const key = affectedKey(row);
    tally.packages.add(packageOf(key));
    if (before.affected.get(key) !== row.hash) {
      fresh.set(key, row);
      tally.changed.add(packageOf(key));
    }
    before.affected.delete(key);
  }
  for (const batch of batchesOf([...fresh.values()], batchRows)) await insertAffected(tx, file, batch);
}

async function insertAffected(tx: Tx, file: string, rows: readonly AffectedRow[]): Promise<void> {
  await tx.$executeRaw`
    insert into vulnerabilities_affected (ecosystem, package_name, advisory_id, file, ranges, versions, status, severity, hash)
    select ecosystem, "packageName", "advisoryId", ${file}, ranges, versions, status, severity, hash
    from jsonb_to_recordset(${asRows(rows)}::jsonb) as given (ecosystem text, "packageName" text, "advisoryId" text,
      ranges jsonb, versions text[], status text, severity text, hash text)
    on conflict (ecosystem, package_name, advisory_id, file) do update set ranges = excluded.ranges,
      versions = excluded.versions, status = excluded.status, severity = excluded.severity, hash = excluded.hash`;
}

async function removeRest(tx: Tx, file: string, before: Before, tally: Tally): Promise<void> {
  for (const batch of batchesOf([...before.affected.keys()], batchRows)) {
    const parts = batch.map((key) => key.split(separator));
    const column = (index: number) => parts.map((part) => part[index] ?? "");
    await tx.$executeRaw`
      delete from vulnerabilities_affected a
      using unnest(${column(0)}::text[], ${column(1)}::text[], ${column(2)}::text[]) as gone (ecosystem, name, id)
      where a.ecosystem = gone.ecosystem and a.package_name = gone.name and a.advisory_id = gone.id and a.file = ${file}`;
    for (const key of batch) tally.changed.add(packageOf(key));
  }
  for (const batch of batchesOf([...before.advisories.keys()], batchRows)) {
    await tx.$executeRaw`delete from vulnerabilities_advisory where file = ${file} and id = any(${[...batch]}::text[])`;
  }
}

async function noteChanges(tx: Tx, revision: number, changed: ReadonlySet<string>): Promise<void> {
  for (const batch of batchesOf([...changed], batchRows)) {
    const parts = batch.map((key) => key.split(separator));
    await tx.$executeRaw`
      insert into vulnerabilities_change (revision, ecosystem, name)
      select ${revision}::bigint, * from unnest(${parts.map(([ecosystem]) => ecosystem ?? "")}::text[],
        ${parts.map(([, name]) => name ?? "")}::text[]) on conflict do nothing`;
  }
}
