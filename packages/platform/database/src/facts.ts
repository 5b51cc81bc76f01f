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
    async append(...facts) {
      if (facts.length === 0) return;
      // The project role may insert facts but not read them back, hence no RETURNING.
      await tx.$executeRaw`insert into platform_outbox (project_id, id, tenant_id, type, payload)
        select ${scope.projectId}::uuid, f.id, ${scope.tenantId}::uuid, f.type, f.payload
        from unnest(${facts.map(() => ids.next())}::text[]::uuid[], ${facts.map(({ type }) => type)}::text[],
          ${facts.map(({ payload }) => JSON.stringify(payload))}::text[]::jsonb[]) as f (id, type, payload)`;
    },
  };
}
