import type { FindingPage, ListFindings } from "../contract.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** One page of findings, over the project or of one resource. */
export async function listFindings(ctx: VulnerabilityCtx, asked: ListFindings): Promise<FindingPage> {
  ctx.require("vulnerabilities.read");
  return ctx.read(({ findings }) => findings.list(asked));
}
