import type { ListTopCves, TopCvePage } from "../contract.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** CVEs of the project, the most pressing first. */
export async function listTopCves(ctx: VulnerabilityCtx, asked: ListTopCves): Promise<TopCvePage> {
  ctx.require("vulnerabilities.read");
  return ctx.read(({ explorer }) => explorer.listTopCves(asked));
}
