import type { ProjectScope } from "@rampart/kernel";
import type { Tx } from "@rampart/database";
import type { ProgressStore } from "../../ports.ts";

export function progressStore(tx: Tx, { projectId }: ProjectScope): ProgressStore {
  return {
    async get() {
      const row = await tx.vulnerabilitiesProgress.findUnique({ where: { projectId } });
      return row === null ? 0 : Number(row.revision);
    },
    async save(revision, at) {
      await tx.$executeRaw`
        insert into vulnerabilities_progress as p (project_id, revision, matched_at)
        values (${projectId}::uuid, ${revision}, ${at})
        on conflict (project_id) do update set revision = greatest(p.revision, excluded.revision),
          matched_at = excluded.matched_at`;
    },
  };
}
