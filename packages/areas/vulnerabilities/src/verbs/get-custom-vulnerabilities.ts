import type { CustomVulnerabilitiesView } from "../contract.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** Flaws that the project itself has named. */
export async function getCustomVulnerabilities(ctx: VulnerabilityCtx): Promise<CustomVulnerabilitiesView> {
  ctx.require("vulnerabilities.read");
  return ctx.read(({ ownLists }) => ownLists.getCustom());
}
