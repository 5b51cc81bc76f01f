import type { AuditPort, Caller, Clock, Ids, ProjectScope } from "@rampart/kernel";
import type { Tx } from "@rampart/database";
import { redact } from "../core/redact.ts";

/** Writes audit entries in the running transaction. The installation's role may only insert, hence no RETURNING. */
export function auditPort(tx: Tx, scope: ProjectScope, caller: Caller, clock: Clock, ids: Ids): AuditPort {
  return {
    async record(action, change) {
      await tx.$executeRaw`insert into audit_entry
        (project_id, id, at, caller_kind, caller_id, caller_name, source_ip, action, subject, before, after)
        values (${scope.projectId}::uuid, ${ids.next()}::uuid, ${clock.now()}, ${caller.kind}, ${caller.id}, ${caller.name},
          ${caller.sourceIp ?? null}, ${action}, ${change.subject ?? null}, ${asJson(change.before)}::jsonb,
          ${asJson(change.after)}::jsonb)`;
    },
  };
}

function asJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(redact(value));
}
