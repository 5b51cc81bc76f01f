import type { FindingRow, ListResourceSummaries, ResourceSummary } from "../contract.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** Findings one answer may carry, over all its resources. */
export const describedFindingsMax = 100_000;

export type DescribedResource = Readonly<{ summary: ResourceSummary; findings: readonly FindingRow[] }>;

/** Summaries of resources with all their findings, or without when only the counts are asked for. */
export async function describeResources(
  ctx: VulnerabilityCtx,
  asked: ListResourceSummaries & Readonly<{ withFindings: boolean }>,
): Promise<readonly DescribedResource[]> {
  ctx.require("vulnerabilities.read");
  return ctx.read(async ({ resources, findings }) => {
    const summaries = await resources.list(asked.resourceKind, asked.resourceIds);
    const rows = asked.withFindings
      ? await findings.listAll(asked.resourceKind, asked.resourceIds, describedFindingsMax)
      : [];
    const byResource = Map.groupBy(rows, ({ resourceId }) => resourceId);
    return summaries.map((summary) => ({ summary, findings: byResource.get(summary.resourceId) ?? [] }));
  });
}
