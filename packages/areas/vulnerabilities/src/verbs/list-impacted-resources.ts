import type { ImpactedPage, ListImpactedResources } from "../contract.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** Resources that carry a CVE. */
export async function listImpactedResources(
  ctx: VulnerabilityCtx,
  asked: ListImpactedResources,
): Promise<ImpactedPage> {
  ctx.require("vulnerabilities.read");
  return ctx.read(({ explorer }) => explorer.listImpacted(asked));
}
