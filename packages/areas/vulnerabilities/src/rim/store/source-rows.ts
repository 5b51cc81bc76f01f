import type { Tx } from "@rampart/database";
import { feedFilesMax, type FeedKind, type FeedSource, type IntelligenceStatus } from "../../contract.ts";
import { starterSource } from "../../core/starter.data.ts";
import { toInstantOrNull } from "./sql.ts";

type SourceRow = {
  file: string;
  kind: string;
  format: string;
  revision: bigint;
  records: number;
  packages: number;
  sizeBytes: bigint;
  sha256: string;
  origin: string;
  importedAt: Date | null;
  checkedAt: Date;
  dataAsOf: Date | null;
  problem: string | null;
};

export function toSource(row: SourceRow): FeedSource {
  return {
    file: row.file,
    kind: row.kind as FeedKind, // the table's check constraint lists the kinds
    format: row.format,
    records: row.records,
    packages: row.packages,
    sizeBytes: Number(row.sizeBytes),
    sha256: row.sha256,
    origin: row.origin,
    importedAt: toInstantOrNull(row.importedAt),
    checkedAt: row.checkedAt.toISOString(),
    dataAsOf: toInstantOrNull(row.dataAsOf),
    isStarter: row.file === starterSource,
    problem: row.problem,
  };
}

export async function readStatus(tx: Tx): Promise<IntelligenceStatus> {
  const rows = await tx.vulnerabilitiesSource.findMany({ orderBy: { file: "asc" }, take: feedFilesMax });
  const sources = rows.map(toSource);
  const records = sources.filter(({ kind }) => kind === "osv" || kind === "starter");
  const [counted] = await tx.$queryRaw<{ cves: number }[]>`select count(*)::float8 as cves from vulnerabilities_cve`;
  const imported = sources.flatMap(({ importedAt, isStarter }) =>
    importedAt === null || isStarter ? [] : [importedAt],
  );
  return {
    revision: rows.reduce((highest, { revision }) => Math.max(highest, Number(revision)), 0),
    advisories: records.reduce((total, source) => total + source.records, 0),
    packages: records.reduce((total, source) => total + source.packages, 0),
    cves: counted?.cves ?? 0,
    lastImportAt: imported.toSorted().at(-1) ?? null,
    onlyStarter: imported.length === 0,
    sources,
  };
}
