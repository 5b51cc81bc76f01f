import type { AuditPage, ListAudits } from "../contract.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** What rules have found, newest first. */
export async function listAudits(ctx: VulnerabilityCtx, asked: ListAudits): Promise<AuditPage> {
  ctx.require("vulnerabilities.read");
  return ctx.read(({ violations }) => violations.list(asked));
}
