import type { AuditFilterValues } from "../contract.ts";
import type { AuditCtx } from "../ports.ts";

export async function listAuditFilterValues(ctx: AuditCtx): Promise<AuditFilterValues> {
  ctx.require("audit.read");
  return ctx.read(({ entries }) => entries.filterValues());
}
