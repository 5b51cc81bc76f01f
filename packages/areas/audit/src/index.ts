export type { AuditCtx } from "./ports.ts";
export { listAuditEntries } from "./verbs/list-audit-entries.ts";
export { listAuditFilterValues } from "./verbs/list-audit-filter-values.ts";
