import type { z } from "zod";
import type { AuditEntryPage, ListAuditEntries } from "../contract.ts";
import type { AuditCtx } from "../ports.ts";

export async function listAuditEntries(
  ctx: AuditCtx,
  asked: ListAuditEntries,
): Promise<z.infer<typeof AuditEntryPage>> {
  ctx.require("audit.read");
  return ctx.read(({ entries }) => entries.list(asked));
}
