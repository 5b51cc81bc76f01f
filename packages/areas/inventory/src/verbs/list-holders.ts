import type { ListHolders, ResourceRef } from "../contract.ts";
import type { InventoryCtx } from "../ports.ts";

/** Which resources hold a package, by the name that advisories use for it. */
export async function listHolders(ctx: InventoryCtx, asked: ListHolders): Promise<readonly ResourceRef[]> {
  ctx.require("inventory.read");
  const { limit, after } = asked;
  return ctx.read(({ packages }) => packages.findResources([asked.package], { limit, ...(after && { after }) }));
}
