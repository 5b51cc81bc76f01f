import { listResourcePackages } from "@rampart/inventory";
import type { LeftOut, ResourceRef } from "../contract.ts";
import { leftOutOf, mayBeLeftOut } from "../core/match-inventory.ts";
import { comparedAs, keyText } from "../core/package-key.ts";
import type { ExplainingCtx } from "../ports.ts";

/** Flaws of which a resource gets no finding although records name its packages, counted by today's advisories. */
export async function listLeftOut(ctx: ExplainingCtx, resource: ResourceRef): Promise<readonly LeftOut[]> {
  ctx.require("vulnerabilities.read");
  const { packages } = await listResourcePackages(ctx.inventory, resource);
  const candidates = packages.filter(mayBeLeftOut);
  if (candidates.length === 0) return [];
  const known = await ctx.read(({ knowledge }) => knowledge.lookUp(candidates.map(comparedAs)));
  return leftOutOf(packages, (key) => known.get(keyText(key)) ?? []);
}
