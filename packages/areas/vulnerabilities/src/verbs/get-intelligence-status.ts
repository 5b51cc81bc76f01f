import type { IntelligenceStatus } from "../contract.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** Which feeds are loaded, how large, how old and from where. */
export async function getIntelligenceStatus(ctx: VulnerabilityCtx): Promise<IntelligenceStatus> {
  ctx.require("vulnerabilities.read");
  return ctx.read(({ knowledge }) => knowledge.status());
}
