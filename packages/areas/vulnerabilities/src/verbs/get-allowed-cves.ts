import type { AllowedCvesView } from "../contract.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** CVEs that the project accepts, whatever its rules say. */
export async function getAllowedCves(ctx: VulnerabilityCtx): Promise<AllowedCvesView> {
  ctx.require("vulnerabilities.read");
  return ctx.read(({ ownLists }) => ownLists.getAllowed());
}
