import type { AuditPortFactory } from "@rampart/database";
import type { AuditPort } from "@rampart/kernel";
import { redact } from "../core/redact.ts";

/** Longest JSON that one side of an entry keeps; a whole policy fits. */
const jsonLengthMax = 1_000_000;
const subjectLengthMax = 512;

/** Writes entries into the transaction of the change that they describe: both are there, or neither. */
export function auditPort({ tx, scope, caller, clock, ids }: Parameters<AuditPortFactory>[0]): AuditPort {
  return {
    async record(action, { subject, before, after, by = caller }) {
      // The installation's role may add entries but not read them, hence no RETURNING.
      await tx.$executeRaw`insert into audit_entry
        (project_id, id, at, caller_kind, caller_id, caller_name, source_ip, action, subject, before, after) values
        (${scope.projectId}::uuid, ${ids.next()}::uuid, ${clock.now()}::timestamptz, ${by.kind}, ${by.id},
         ${by.name}, ${caller.sourceIp ?? null}, ${action}, ${subject?.slice(0, subjectLengthMax) ?? null},
         ${toStored(before)}::jsonb, ${toStored(after)}::jsonb)`;
    },
  };
}

function toStored(side: unknown): string | null {
  if (side === undefined || side === null) return null;
  // PostgreSQL's jsonb cannot hold the character U+0000.
  const json = JSON.stringify(redact(side)).replaceAll("\\u0000", "\\ufffd");
  return json.length <= jsonLengthMax
    ? json
    : JSON.stringify({ leftOut: `${json.length} characters, more than an entry keeps` });
}
