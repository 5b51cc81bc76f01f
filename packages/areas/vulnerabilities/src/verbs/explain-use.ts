import { listUses, useReader } from "@rampart/inventory";
import type { PackageUseView } from "@rampart/inventory/contract";
import { Refusal } from "@rampart/kernel";
import type { ExplainFinding } from "../contract.ts";
import { useOfFinding } from "../core/use-of-finding.ts";
import type { ExplainingCtx } from "../ports.ts";

/** Whether processes use what a finding is about, which they are, and when that was last seen. */
export async function explainUse(ctx: ExplainingCtx, { findingId }: ExplainFinding): Promise<PackageUseView> {
  ctx.require("vulnerabilities.read");
  const finding = await ctx.read(({ findings }) => findings.find(findingId));
  if (finding === null) {
    const message = `There is no finding "${findingId}" in this project.`;
    throw new Refusal("not-found", "vulnerabilities.finding.not-found", message);
  }
  const { resourceKind, resourceId } = finding;
  const [use] = await listUses(ctx.inventory, [{ resourceKind, resourceId }]);
  return use === undefined ? { state: "unknown" } : useOfFinding(finding, useReader(use));
}
