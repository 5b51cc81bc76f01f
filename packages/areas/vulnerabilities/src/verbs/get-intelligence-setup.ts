import type { IntelligenceSetup } from "../contract.ts";
import type { IntelligenceCtx } from "../ports.ts";

/** Where advisories come from by themselves, what came of it, and whose bundles are trusted. */
export async function getIntelligenceSetup(ctx: IntelligenceCtx): Promise<IntelligenceSetup> {
  ctx.require("operations.read");
  return ctx.unit(async ({ locations, bundleKeys }) => {
    const stored = await locations.list();
    return {
      locations: stored.map(({ validators: _, ...status }) => status),
      keys: [...(await bundleKeys.list())],
    };
  });
}
