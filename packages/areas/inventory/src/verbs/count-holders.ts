import type { InventoryCtx } from "../ports.ts";

/** How many resources have packages: the length of a walk with `listHeldPackages`. */
export async function countHolders(ctx: InventoryCtx): Promise<number> {
  ctx.require("inventory.read");
  return ctx.read(({ packages }) => packages.countHolders());
}
