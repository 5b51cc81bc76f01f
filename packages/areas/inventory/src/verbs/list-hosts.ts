import type { Page } from "@rampart/kernel";
import type { HostRow, ListHosts } from "../contract.ts";
import type { InventoryCtx } from "../ports.ts";

export async function listHosts(ctx: InventoryCtx, asked: ListHosts): Promise<Page<HostRow>> {
  ctx.require("inventory.read");
  return ctx.read(({ hosts }) => hosts.list(asked));
}
