import type { ListRiskiestResources, ResourceSummary } from "../contract.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** Resources with the highest risk score, the highest first. */
export async function listRiskiestResources(
  ctx: VulnerabilityCtx,
  asked: ListRiskiestResources,
): Promise<readonly ResourceSummary[]> {
  ctx.require("vulnerabilities.read");
  return ctx.read(({ resources }) => resources.listRiskiest(asked.resourceKind, asked.limit));
}
