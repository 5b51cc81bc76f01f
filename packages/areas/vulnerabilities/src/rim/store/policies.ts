import type { ProjectScope } from "@rampart/kernel";
import type { Tx } from "@rampart/database";
import { z } from "zod";
import { PolicyRule, rulesMax, type ResourceKind } from "../../contract.ts";
import { defaultRule } from "../../core/order-rules.ts";
import type { PolicyStore } from "../../ports.ts";

const Rules = z.array(PolicyRule).max(rulesMax);

export function policyStore(tx: Tx, { projectId }: ProjectScope): PolicyStore {
  return {
    async get(policy) {
      const row = await tx.vulnerabilitiesPolicy.findUnique({ where: { projectId_policy: { projectId, policy } } });
      if (row === null) return { revision: 0, rules: [defaultRule], updatedAt: null, updatedBy: null };
      const { revision, rules, updatedAt, updatedBy } = row;
      return { revision, rules: Rules.parse(rules), updatedAt, updatedBy };
    },
    save: (policy, revision, saved) => save(tx, projectId, { policy, revision, ...saved }),
  };
}

type Saved = Readonly<{ policy: ResourceKind; revision: number; rules: readonly PolicyRule[]; at: Date; by: string }>;

async function save(tx: Tx, projectId: string, { policy, revision, rules, at, by }: Saved): Promise<boolean> {
  const written = await tx.$executeRaw`
    insert into vulnerabilities_policy as p (project_id, policy, revision, rules, updated_at, updated_by)
    values (${projectId}::uuid, ${policy}, ${revision + 1}, ${JSON.stringify(rules)}::jsonb, ${at}, ${by})
    on conflict (project_id, policy) do update set revision = excluded.revision, rules = excluded.rules,
      updated_at = excluded.updated_at, updated_by = excluded.updated_by
    where p.revision = ${revision}`;
  return written === 1;
}
