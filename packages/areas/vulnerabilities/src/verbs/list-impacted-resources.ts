import type { Page } from "@rampart/kernel";
import type { ImpactedResource, ListImpactedResources } from "../contract.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** Resources that carry a CVE. */
export async function listImpactedResources(ctx: VulnerabilityCtx, asked: ListImpactedResources): Promise<Page<ImpactedResource>> {
  ctx.require("vulnerabilities.read");
  return ctx.read(({ explorer }) => explorer.listImpacted(asked));
}
