import { listResourcePackages } from "@rampart/inventory";
import type { LeftOut, ResourceRef } from "../contract.ts";
import { leftOutReason } from "../core/leave-out.ts";
import { leftOutOf } from "../core/match-inventory.ts";
import { comparedAs, keyText } from "../core/package-key.ts";
import type { ExplainingCtx } from "../ports.ts";

/** Findings that a resource does not get because nothing of the package can run, counted by today's advisories. */
export async function listLeftOut(ctx: ExplainingCtx, resource: ResourceRef): Promise<readonly LeftOut[]> {
  ctx.require("vulnerabilities.read");
  const { packages } = await listResourcePackages(ctx.inventory, resource);
  const candidates = packages.filter((found) => leftOutReason(found) !== null);
  if (candidates.length === 0) return [];
  const known = await ctx.read(({ knowledge }) => knowledge.lookUp(candidates.map(comparedAs)));
  return leftOutOf(packages, (key) => known.get(keyText(key)) ?? []);
}
