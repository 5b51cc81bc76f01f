import type { ListResourceSummaries, ResourceSummary } from "../contract.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** Counts and verdicts of the resources of one page; one that was never compared is missing from the answer. */
export async function listResourceSummaries(
  ctx: VulnerabilityCtx,
  asked: ListResourceSummaries,
): Promise<readonly ResourceSummary[]> {
  ctx.require("vulnerabilities.read");
  return ctx.read(({ resources }) => resources.list(asked.resourceKind, asked.resourceIds));
}
