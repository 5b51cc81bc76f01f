import { bindArea, type Database } from "@rampart/database";
import type { Caller, ProjectScope } from "@rampart/kernel";
import type { AuditCtx } from "./ports.ts";
import { auditPort } from "./rim/record.ts";
import { entryStore } from "./rim/store.ts";

export { auditPort };

export function bindAudit({ database }: { database: Database }, scope: ProjectScope, caller: Caller): AuditCtx {
  return bindArea({
    database,
    scope,
    caller,
    audit: auditPort,
    makeStores: (tx, within) => ({ entries: entryStore(tx, within) }),
  });
}
