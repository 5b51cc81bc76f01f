import type { Page } from "@rampart/kernel";
import type { ListPackages, PackageRow } from "../contract.ts";
import type { InventoryCtx } from "../ports.ts";

export async function listPackages(ctx: InventoryCtx, asked: ListPackages): Promise<Page<PackageRow>> {
  ctx.require("inventory.read");
  return ctx.read(({ packages }) => packages.list(asked));
}
