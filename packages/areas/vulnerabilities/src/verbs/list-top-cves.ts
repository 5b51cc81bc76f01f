import type { Page } from "@rampart/kernel";
import type { ListTopCves, TopCveRow } from "../contract.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** CVEs of the project, the most pressing first. */
export async function listTopCves(ctx: VulnerabilityCtx, asked: ListTopCves): Promise<Page<TopCveRow>> {
  ctx.require("vulnerabilities.read");
  return ctx.read(({ explorer }) => explorer.listTopCves(asked));
}
