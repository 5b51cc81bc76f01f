import type { ComparisonStatus } from "../contract.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** Whether everything in the project was compared with the newest advisories, and how far the comparison is. */
export async function getComparison(ctx: VulnerabilityCtx): Promise<ComparisonStatus> {
  ctx.require("vulnerabilities.read");
  return ctx.read(async ({ knowledge, progress, rounds, explorer }) => {
    const { revision, at } = await knowledge.newest();
    const comparedRevision = await progress.get();
    const round = await rounds.findLast();
    const resources = await explorer.countResources();
    const complete = comparedRevision >= revision;
    return { revision, dataFrom: at?.toISOString() ?? null, comparedRevision, complete, ...resources, round };
  });
}
