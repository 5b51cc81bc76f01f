import type { FactsPort, Ids, ProjectScope } from "@rampart/kernel";
import type { Tx } from "./open-database.ts";

/** The channel on which PostgreSQL announces appended facts; see the trigger on `platform_outbox`. */
export const factChannel = "rampart_facts";

export type FactNotice = Readonly<{ projectId: string; type: string }>;

/** Reads a notice of the fact channel; null for the empty notice that follows a reconnect. */
export function parseFactNotice(payload: string): FactNotice | null {
  const [projectId, type] = payload.split(" ");
  return projectId === undefined || type === undefined ? null : { projectId, type };
}

/** Appends facts to the outbox of the running transaction. */
export function factsPort(tx: Tx, scope: ProjectScope, ids: Ids): FactsPort {
  return {
    async append(fact) {
      // The project role may insert facts but not read them back, hence no RETURNING.
      await tx.$executeRaw`insert into platform_outbox (project_id, id, tenant_id, type, payload) values
        (${scope.projectId}::uuid, ${ids.next()}::uuid, ${scope.tenantId}::uuid, ${fact.type},
         ${JSON.stringify(fact.payload)}::jsonb)`;
    },
  };
}
