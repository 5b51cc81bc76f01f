import type { Tx } from "@rampart/database";
import { feedFilesMax } from "../../contract.ts";
import { starterSource } from "../../core/starter.data.ts";
import type { SourceStore } from "../../ports.ts";
import { readRevision } from "./knowledge.ts";
import { pageCves, pageRecords } from "./page-feeds.ts";
import { toSource } from "./source-rows.ts";

/** Any constant will do; imports of one installation go one after the other. */
const importLock = 727_004;
/** Revisions whose changes are remembered; a project further behind is compared as a whole. */
const revisionsKept = 500;

export function sourceStore(tx: Tx): SourceStore {
  return {
    async find(file) {
      const row = await tx.vulnerabilitiesSource.findUnique({ where: { file } });
      return row === null ? null : toSource(row);
    },
    async lock() {
      await tx.$executeRaw`select pg_advisory_xact_lock(${importLock})`;
      const revision = (await readRevision(tx)) + 1;
      await tx.$executeRaw`delete from vulnerabilities_change where revision < ${revision - revisionsKept}`;
      return revision;
    },
    async save({ file, ...source }, revision) {
      const row = {
        ...source,
        revision: BigInt(revision),
        sizeBytes: BigInt(source.sizeBytes),
        importedAt: source.importedAt === null ? null : new Date(source.importedAt),
        checkedAt: new Date(source.checkedAt),
        dataAsOf: source.dataAsOf === null ? null : new Date(source.dataAsOf),
        problem: null,
      };
      await tx.vulnerabilitiesSource.upsert({ where: { file }, create: { file, ...row }, update: row });
    },
    async check({ file, kind, format, origin }, at, problem) {
      const fresh = { revision: 0n, records: 0, packages: 0, sizeBytes: 0n, sha256: "" };
      await tx.vulnerabilitiesSource.upsert({
        where: { file },
        create: { file, kind, format, origin, ...fresh, checkedAt: at, problem },
        update: { checkedAt: at, problem },
      });
    },
    async listFeeds() {
      const rows = await tx.vulnerabilitiesSource.findMany({
        where: { kind: { not: "starter" }, importedAt: { not: null } },
        orderBy: { file: "asc" },
        take: feedFilesMax,
      });
      return rows.map(toSource);
    },
    listRecords: (file, after, limit) => pageRecords(tx, { file, after, limit }),
    listCves: (kind, after, limit) => pageCves(tx, { kind, after, limit }),
    getRevision: () => readRevision(tx),
    async hasFeeds() {
      const found = await tx.vulnerabilitiesSource.findFirst({
        where: { kind: { not: "starter" }, importedAt: { not: null } },
      });
      return found !== null;
    },
    async supersede({ file, kind }) {
      if (kind === "osv" || kind === "starter") return;
      await tx.vulnerabilitiesSource.deleteMany({ where: { kind, file: { not: file } } });
    },
    hideStarter: (revision) => hideStarter(tx, revision),
  };
}

/** A real record that names one of the built-in flaws for the same ecosystem takes its place there. */
async function hideStarter(tx: Tx, revision: number): Promise<void> {
  await tx.$executeRaw`
    with replaced as (
      delete from vulnerabilities_affected s using vulnerabilities_advisory b
      where s.file = ${starterSource} and b.id = s.advisory_id and b.file = s.file and exists (
        select from vulnerabilities_advisory v
        join vulnerabilities_affected a on a.advisory_id = v.id and a.file = v.file
        where v.file <> ${starterSource} and v.cves && b.cves and a.ecosystem = s.ecosystem)
      returning s.ecosystem, s.package_name
    )
    insert into vulnerabilities_change (revision, ecosystem, name)
    select distinct ${revision}::bigint, ecosystem, package_name from replaced on conflict do nothing`;
}
