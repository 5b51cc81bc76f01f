import { projectProcedure, router } from "@rampart/rpc";
import { bindAudit } from "../bind.ts";
import { AuditEntryPage, AuditFilterValues, ListAuditEntries } from "../contract.ts";
import { listAuditEntries } from "../verbs/list-audit-entries.ts";
import { listAuditFilterValues } from "../verbs/list-audit-filter-values.ts";

export const auditRouter = router({
  listAuditEntries: projectProcedure
    .input(ListAuditEntries)
    .output(AuditEntryPage)
    .query(({ ctx, input }) => listAuditEntries(bindAudit(ctx.platform, ctx.scope, ctx.caller), input)),
  listAuditFilterValues: projectProcedure
    .output(AuditFilterValues)
    .query(({ ctx }) => listAuditFilterValues(bindAudit(ctx.platform, ctx.scope, ctx.caller))),
});
