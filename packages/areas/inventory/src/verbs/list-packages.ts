import type { ListPackages, PackagePage } from "../contract.ts";
import type { InventoryCtx } from "../ports.ts";

export async function listPackages(ctx: InventoryCtx, asked: ListPackages): Promise<PackagePage> {
  ctx.require("inventory.read");
  return ctx.read(({ packages }) => packages.list(asked));
}
