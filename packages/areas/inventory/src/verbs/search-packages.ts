import type { FoundPackagePage, SearchPackages } from "../contract.ts";
import type { InventoryCtx } from "../ports.ts";

/** Packages of the whole project by a part of their name. */
export async function searchPackages(ctx: InventoryCtx, asked: SearchPackages): Promise<FoundPackagePage> {
  ctx.require("inventory.read");
  return ctx.read(({ packages }) => packages.search(asked));
}
