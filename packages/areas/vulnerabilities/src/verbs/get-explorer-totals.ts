import type { ExplorerTotals } from "../contract.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** The numbers on top of the explorer and the dashboard. */
export async function getExplorerTotals(ctx: VulnerabilityCtx): Promise<ExplorerTotals> {
  ctx.require("vulnerabilities.read");
  return ctx.read(({ explorer }) => explorer.totals());
}
