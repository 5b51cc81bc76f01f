import type { CountFindings, FindingCounts } from "../contract.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** Findings by severity. */
export async function countFindings(ctx: VulnerabilityCtx, asked: CountFindings): Promise<FindingCounts> {
  ctx.require("vulnerabilities.read");
  return ctx.read(({ findings }) => findings.count(asked));
}
