import { Refusal } from "@rampart/kernel";
import type { ExplainFinding, FindingDetail } from "../contract.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** A finding with its evidence and the addends of its risk score. */
export async function explainFinding(ctx: VulnerabilityCtx, asked: ExplainFinding): Promise<FindingDetail> {
  ctx.require("vulnerabilities.read");
  const found = await ctx.read(({ findings }) => findings.find(asked.findingId));
  if (found === null) {
    throw new Refusal(
      "not-found",
      "vulnerabilities.finding.not-found",
      `There is no finding "${asked.findingId}" in this project.`,
    );
  }
  return found;
}
