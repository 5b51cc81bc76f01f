import type { Tx } from "@rampart/database";
import type { StagingStore } from "../../ports.ts";
import { stageRecords, stageRemoved } from "./stage-records.ts";
import { stageCves, swapCves } from "./swap-cves.ts";
import { swapRecords } from "./swap-records.ts";

/** Staged rows of an import that died are swept after this long; none takes longer. */
const staleHours = 24;

export function stagingStore(tx: Tx): StagingStore {
  return {
    async begin(importId) {
      await tx.$executeRaw`
        with stale as (
          select distinct import_id from vulnerabilities_staged_advisory
          where id = '' and staged_at < now() - make_interval(hours => ${staleHours}::int)
        ), affected as (delete from vulnerabilities_staged_affected where import_id in (select import_id from stale)),
        cves as (delete from vulnerabilities_staged_cve where import_id in (select import_id from stale))
        delete from vulnerabilities_staged_advisory where import_id in (select import_id from stale)`;
      await tx.$executeRaw`
        insert into vulnerabilities_staged_advisory (import_id, id, hash) values (${importId}::uuid, '', '')`;
    },
    putRecords: (staged, records) => stageRecords(tx, staged, records),
    putRemoved: (importId, ids) => stageRemoved(tx, importId, ids),
    putCves: (importId, kind, entries) => stageCves(tx, importId, kind, entries),
    async isComplete(importId) {
      const gone = await tx.$executeRaw`
        delete from vulnerabilities_staged_advisory where import_id = ${importId}::uuid and id = ''`;
      return gone === 1;
    },
    swapRecords: (swap) => swapRecords(tx, swap),
    swapCves: (swap) => swapCves(tx, swap),
    async discard(importId) {
      await tx.$executeRaw`delete from vulnerabilities_staged_affected where import_id = ${importId}::uuid`;
      await tx.$executeRaw`delete from vulnerabilities_staged_cve where import_id = ${importId}::uuid`;
      await tx.$executeRaw`delete from vulnerabilities_staged_advisory where import_id = ${importId}::uuid`;
    },
  };
}
