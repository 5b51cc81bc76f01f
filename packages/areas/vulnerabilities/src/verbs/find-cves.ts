import type { CveKnowledge, FindCves } from "../contract.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** What the feeds say about CVEs whose id begins with the text, whether or not anything here has them. */
export async function findCves(ctx: VulnerabilityCtx, asked: FindCves): Promise<readonly CveKnowledge[]> {
  ctx.require("vulnerabilities.read");
  return ctx.read(({ knowledge }) => knowledge.findCves(asked));
}
